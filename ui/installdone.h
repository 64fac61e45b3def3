#pragma once

#include "ui/installpane.h"

class QLabel;
class QPlainTextEdit;

namespace kboss {

// Last page: what was done, the way into the cluster, and how it is taken back.
class InstallDonePane : public InstallPane {
    Q_OBJECT
public:
    InstallDonePane(const AppContext &context, Installation *installation, QWidget *parent);

    Words words() const override;
    QList<QWidget *> headButtons() const override;
    void enter() override;
    void retranslate() override;
    QPlainTextEdit *report() const { return m_report; }
    QPushButton *removeWorkersButton() const { return m_removeWorkers; }
    QPushButton *saveKubeconfigButton() const { return m_save; }

private:
    void build();
    void show();
    bool isDone() const;
    void saveReport();
    void saveKubeconfig();
    void copyKubeconfig();
    void registerAgain();
    void askRemove();
    void askRemoveWorkers();
    QString nextText() const;

    QPlainTextEdit *m_report;
    QLabel *m_next, *m_nextText, *m_access, *m_accessText, *m_undo, *m_undoText;
    QPushButton *m_saveReport, *m_save, *m_copy, *m_open, *m_register, *m_removeWorkers, *m_remove;
};

} // namespace kboss
