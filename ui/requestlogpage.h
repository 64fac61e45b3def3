#pragma once

#include "ui/appcontext.h"
#include "ui/page.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace kboss {

class PageHead;
class PlainTable;
class RequestLogModel;

// What went over the network in this run, with secrets redacted: filter, details, copy as cURL.
class RequestLogPage : public Page {
    Q_OBJECT
public:
    RequestLogPage(const AppContext &context, QWidget *parent = nullptr);

    QString pageId() const override { return QStringLiteral("request-log"); }
    QString title() const override;
    State state() const override;
    qint64 rows() const override;
    QList<QAction *> pageActions() const override { return {m_copy}; }
    void setShown(bool shown) override;
    void retranslate() override;

private:
    void build();
    void updateFilter();
    void updateDetails();
    void updateNote();
    void copyAsCurl();

    const AppContext &m_context;
    RequestLogModel *m_model;
    PlainTable *m_table;
    PageHead *m_head;
    QLineEdit *m_filter;
    QCheckBox *m_failedOnly;
    QPlainTextEdit *m_details;
    QPushButton *m_copyButton;
    QAction *m_copy;
    bool m_told = false;
};

} // namespace kboss
