#pragma once

#include "ui/appcontext.h"
#include "ui/page.h"

class QPlainTextEdit;
class QPushButton;
class QLabel;

namespace kboss {

class JobModel;
class JournalModel;
class PageHead;
class PlainTable;

// What runs and ran: jobs with progress, log and cancel above; the latest changes from the journal with undo below.
class ActivityPage : public Page {
    Q_OBJECT
public:
    ActivityPage(const AppContext &context, QWidget *parent = nullptr);

    QString pageId() const override { return QStringLiteral("activity"); }
    QString title() const override;
    State state() const override;
    qint64 rows() const override;
    QList<QAction *> pageActions() const override;
    void setShown(bool shown) override;
    void retranslate() override;

private:
    void build();
    void updateJob();
    void reloadChanges();
    void updateUndo();
    void cancelJob();
    void undo();

    const AppContext &m_context;
    PageHead *m_head;
    JobModel *m_jobs;
    PlainTable *m_jobTable;
    QPlainTextEdit *m_log;
    QPushButton *m_cancelButton;
    QAction *m_cancel;
    JournalModel *m_changes = nullptr;
    PlainTable *m_changeTable = nullptr;
    QLabel *m_changesTitle = nullptr;
    QPushButton *m_undoButton = nullptr, *m_allButton = nullptr;
    QAction *m_undo = nullptr;
    bool m_shown = false, m_told = false;
};

} // namespace kboss
