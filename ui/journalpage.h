#pragma once

#include "ui/appcontext.h"
#include "ui/page.h"

class QLineEdit;
class QPushButton;

namespace kboss {

class Chip;
class JournalModel;
class PageHead;
class PlainTable;

// Every change made from this computer under this profile: who, when, before and after, outcome. The chain of hashes can be checked, and what has
// an inverse can be undone.
class JournalPage : public Page {
    Q_OBJECT
public:
    JournalPage(const AppContext &context, QWidget *parent = nullptr);

    QString pageId() const override { return QStringLiteral("journal"); }
    QString title() const override;
    State state() const override;
    qint64 rows() const override;
    QList<QAction *> pageActions() const override { return {m_undo, m_verify}; }
    void setShown(bool shown) override;
    void retranslate() override;

private:
    void build();
    void reload();
    void updateActions();
    void verify();
    void undo();

    const AppContext &m_context;
    JournalModel *m_model;
    PlainTable *m_table;
    PageHead *m_head;
    Chip *m_chain;
    QLineEdit *m_filter;
    QPushButton *m_undoButton, *m_verifyButton;
    QAction *m_undo, *m_verify;
    qint64 m_entries = 0;
    bool m_failed = false, m_shown = false, m_told = false;
};

} // namespace kboss
