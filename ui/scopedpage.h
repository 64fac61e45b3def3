#pragma once

#include "ui/resourcepage.h"

namespace kboss {

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

    ScopeBar *scope() const { return m_scope; }

private:
    void followScope();
    void explain();

    ScopeBar *m_scope;
};

} // namespace kboss
