#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <memory>

class QTranslator;

namespace kboss {

// The language of everything on screen: the program's own words, Qt's, and the labels of view documents. Switched live. GUI thread.
class Language : public QObject {
    Q_OBJECT
public:
    explicit Language(QString folder, QObject *parent = nullptr); // where kboss_zh_CN.qm is: ":/i18n"
    ~Language() override;

    static QStringList available() { return {QStringLiteral("zh_CN"), QStringLiteral("en")}; }
    static QString nameOf(const QString &language); // in that language
    QString current() const { return m_current; }
    QString other(const char *context, const char *source) const; // in the language that is not on screen, for finding by name
    bool set(const QString &language); // false when unknown or its file is missing (English source texts stay)

Q_SIGNALS:
    void changed();

private:
    QString m_folder, m_current;
    std::unique_ptr<QTranslator> m_own, m_qt;
};

} // namespace kboss
