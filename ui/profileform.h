#pragma once

#include "app/services/profiles.h"
#include "ui/appcontext.h"

#include <QHash>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace kboss {

// One profile as a form. What is wrong is said under its field the moment it is wrong. Holds no secret.
class ProfileForm : public QWidget {
    Q_OBJECT
public:
    ProfileForm(const AppContext &context, QWidget *parent = nullptr);

    void setProfile(const Profile &profile, bool isNew);
    Profile profile() const;
    bool isNew() const { return m_isNew; }
    bool hasChanges() const { return profile() != m_saved; }
    bool isGood() const { return m_good; }
    void retranslate();

Q_SIGNALS:
    void edited();

private:
    struct Line {
        QLabel *label = nullptr;
        QWidget *field = nullptr;
        QLabel *fault = nullptr;
        const char *text = nullptr;
    };

    void build();
    void addLine(QGridLayout *grid, const char *key, const char *text, QWidget *field);
    void connectFields();
    void check();
    void setFault(const QString &key, const QString &text);
    void checkUrl(const char *key, const QLineEdit *field);
    void updateVisible();
    void browseCa();
    QString wordsFor(const Error &error) const;

    const AppContext &m_context;
    Profile m_saved;
    bool m_isNew = false, m_good = false, m_filling = false;
    QHash<QString, Line> m_lines;
    QLineEdit *m_name, *m_kbossUrl, *m_billingUrl, *m_accountUrl, *m_ca, *m_proxyHost, *m_user;
    QComboBox *m_color, *m_kind, *m_sample, *m_proxy, *m_signIn, *m_zone;
    QSpinBox *m_proxyPort;
    QCheckBox *m_readOnly;
    QWidget *m_caBox, *m_proxyBox;
    QPushButton *m_browse;
};

} // namespace kboss
