#pragma once

#include "ui/resourcepage.h"

namespace kboss {

class AskBar;
class ScopeBar;

// A resource with masters as a tab of its own: the scope line says whose rows these are. GUI thread; owned by the window.
class ScopedPage : public ResourcePage {
    Q_OBJECT
public:
    ScopedPage(const ResourceType &type, const AppContext &context, QWidget *parent = nullptr);
    ~ScopedPage() override;

    State state() const override;
    void setShown(bool shown) override;
    void retranslate() override;
    // Besides what ResourcePage shows: "no-scope", nothing chosen; "choose", the chooser of the last master. "" chooses what comes first.
    bool showForTour(const QString &variant) override;

    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;

    ScopeBar *scope() const { return m_scope; }
    AskBar *ask() const { return m_ask; } // null where the list asks for nothing else

private:
    void followScope();
    void explain();

    ScopeBar *m_scope;
    AskBar *m_ask = nullptr;
};

} // namespace kboss
