#pragma once

#include "app/cluster/installstep.h"
#include "ui/appcontext.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace kboss {

// Which add-ons a plan asks for. GUI thread.
class InstallAddonsField : public QWidget {
    Q_OBJECT
public:
    InstallAddonsField(const AppContext &context, QWidget *parent);
    QStringList addons() const;
    void setAddons(const QStringList &addons); // those that are not known are kept
    QCheckBox *box(const QString &addon) const;
    void retranslate();

Q_SIGNALS:
    void edited();

private:
    std::vector<QCheckBox *> m_boxes;
    QStringList m_others;
};

// The folder of this computer whose files are brought to the hosts, and what is in it. GUI thread.
class InstallFilesField : public QWidget {
    Q_OBJECT
public:
    InstallFilesField(const AppContext &context, QWidget *parent);
    QString folder() const;
    void setFolder(const QString &folder);
    void setFiles(const std::vector<InstallFile> &files, bool isReading); // what was found there
    QString foundText() const;
    QLineEdit *edit() const { return m_edit; }
    QPushButton *chooseButton() const { return m_choose; }
    void retranslate();

Q_SIGNALS:
    void edited();

private:
    void choose();
    void showFound();

    AppContext m_context;
    QLineEdit *m_edit;
    QPushButton *m_choose;
    QLabel *m_found;
    std::vector<InstallFile> m_files;
    bool m_reading = false;
};

} // namespace kboss
