#pragma once

#include "ui/filterconditions.h"

#include <QJsonObject>
#include <QPushButton>
#include <functional>

namespace kboss {

class Prompt;
class Settings;
class Theme;

// The button at the right of the filter line: named views of this table (conditions, columns, sort), kept by name and as files that can be handed
// on. GUI thread.
class SavedViews : public QPushButton {
    Q_OBJECT
public:
    struct Access {
        std::function<QJsonObject()> current; // the view as it stands
        std::function<void(const QJsonObject &)> apply; // an empty object = the resource's own
    };
    SavedViews(const ResourceType &type, Settings *settings, Prompt *prompt, Theme *theme, Access access, QWidget *parent);

    void noteChanged(); // what is shown no longer is the named view
    void retranslate();
    QStringList names() const;
    void save(const QString &name);
    void open(const QString &name);
    Result<void> writeFile(const QString &file) const;
    Result<void> readFile(const QString &file);

Q_SIGNALS:
    void failed(const kboss::Error &error, const QString &what);

private:
    void showMenu();
    void askSave();
    void askFile(bool write);
    QJsonObject all() const;
    QString key() const;

    const ResourceType &m_type;
    Settings *m_settings;
    Prompt *m_prompt;
    Access m_access;
    QString m_name;
    bool m_changed = false;
};

} // namespace kboss
