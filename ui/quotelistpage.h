#pragma once

#include "ui/appcontext.h"
#include "ui/page.h"

class QLineEdit;
class QPushButton;

namespace kboss {

class PageHead;
class PlainTable;
class QuoteListModel;

// The quotes of this profile, kept on this computer: find, open, begin, duplicate, delete. GUI thread.
class QuoteListPage : public Page {
    Q_OBJECT
public:
    explicit QuoteListPage(const AppContext &context, QWidget *parent = nullptr);

    QString pageId() const override { return QStringLiteral("quotes"); }
    QString title() const override;
    State state() const override;
    qint64 rows() const override;
    QList<QAction *> pageActions() const override;
    QStringList pagesForTour() const override; // the newest quote
    void setShown(bool shown) override;
    void retranslate() override;

    PlainTable *table() const { return m_table; }
    QuoteListModel *model() const { return m_model; }
    QAction *newAction() const { return m_new; }

private:
    void build();
    void reload();
    void fill();
    void updateActions();
    QString current() const;
    void begin();
    void duplicate();
    void askRemove();

    AppContext m_context;
    QuoteListModel *m_model;
    PlainTable *m_table;
    PageHead *m_head;
    QLineEdit *m_search;
    QPushButton *m_newButton;
    QAction *m_new, *m_open, *m_duplicate, *m_delete;
    bool m_told = false, m_failed = false;
};

} // namespace kboss
