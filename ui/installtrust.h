#pragma once

#include "ui/installpane.h"

class QLabel;
class QPushButton;
class QTableView;

namespace kboss {

class InstallTrustModel;

// Second page: the key of every host, and who vouches for it.
class InstallTrustPane : public InstallPane {
    Q_OBJECT
public:
    InstallTrustPane(const AppContext &context, Installation *installation, QWidget *parent);

    Words words() const override;
    QList<QWidget *> headButtons() const override;
    void enter() override; // reads what was not read yet
    void retranslate() override;
    QTableView *table() const { return m_table; }
    InstallTrustModel *model() const { return m_model; }

private:
    void build();
    void show();
    void showRow();
    void trustRow();
    void trustAll();
    void forget();
    void importFile();
    void copy();
    const HostTrust *current() const;
    void run(QFuture<Result<void>> work, const QString &what);

    InstallTrustModel *m_model;
    QTableView *m_table;
    QLabel *m_what, *m_fingerprint;
    QPushButton *m_read, *m_all, *m_import, *m_trust, *m_copy, *m_forget;
};

} // namespace kboss
