#pragma once

#include "app/services/installation.h"
#include "ui/appcontext.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace kboss {

// Which workers leave the cluster: what is done to each, how long it takes, and the name to type before. Begins the removal; deletes itself. GUI thread.
class InstallRemoval : public QDialog {
    Q_OBJECT
public:
    InstallRemoval(const AppContext &context, Installation *installation, QWidget *parent);
    QStringList chosen() const;
    QCheckBox *box(const QString &worker) const;
    QPushButton *acceptButton() const { return m_accept; }
    QLineEdit *nameField() const { return m_name; }
    QString nameToType() const; // of the one that goes, else of the cluster
    QString costText() const;

Q_SIGNALS:
    void begun();

private:
    void build();
    void update();
    void begin();

    AppContext m_context;
    Installation *m_installation;
    std::vector<QCheckBox *> m_boxes;
    QLabel *m_text, *m_cost, *m_nameHint;
    QLineEdit *m_name;
    QPushButton *m_accept, *m_cancel;
};

} // namespace kboss
