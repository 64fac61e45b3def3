#pragma once

#include "ui/appcontext.h"
#include "ui/page.h"

class QSplitter;

namespace kboss {

class DetailsPanel;
class ResourceView;

// A resource as a tab: its table with everything around it, and the details panel at the right. GUI thread; owned by the window.
class ResourcePage : public Page {
    Q_OBJECT
public:
    ResourcePage(const ResourceType &type, const AppContext &context, QWidget *parent = nullptr);
    ~ResourcePage() override;

    QString pageId() const override;
    QString title() const override;
    State state() const override;
    qint64 rows() const override;
    Freshness freshness() const override;
    QList<QAction *> pageActions() const override;
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;
    void setShown(bool shown) override;
    bool hasUnsaved() const override;
    void retranslate() override;
    bool showRow(const QString &resource, const QString &key) override;
    QStringList pagesForTour() const override; // of the current row
    bool showFiltered(const QString &resource, const QString &filter) override;

    // For pictures: "edit" opens the edit panel on the first row with a change typed in, "filter" the condition builder, "bulk" the bulk edit of
    // all rows in view, "details" the details panel; "" closes them. False when the variant does not apply here.
    bool showForTour(const QString &variant) override;

    ResourceView *view() const { return m_view; }
    DetailsPanel *panel() const { return m_panel; }

private:
    const ResourceType &m_type;
    QSplitter *m_splitter = nullptr;
    ResourceView *m_view = nullptr;
    DetailsPanel *m_panel = nullptr;
};

} // namespace kboss
