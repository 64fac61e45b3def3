#include "ui/language.h"

#include "models/resourcetype.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace kboss {

Language::Language(QString folder, QObject *parent) : QObject(parent), m_folder(std::move(folder)) { }

Language::~Language()
{
    for (QTranslator *translator : {m_own.get(), m_qt.get()}) {
        if (translator)
            QCoreApplication::removeTranslator(translator);
    }
}

QString Language::nameOf(const QString &language)
{
    return language == QLatin1String("en") ? QStringLiteral("English") : QStringLiteral("中文");
}

bool Language::set(const QString &language)
{
    if (!available().contains(language))
        return false;
    if (language == m_current)
        return true;
    for (QTranslator *translator : {m_own.get(), m_qt.get()}) {
        if (translator)
            QCoreApplication::removeTranslator(translator);
    }
    m_own.reset();
    m_qt.reset();
    bool found = true;
    QLocale::setDefault(QLocale(language));
    if (language != QLatin1String("en")) {
        m_own = std::make_unique<QTranslator>();
        found = m_own->load(QStringLiteral("kboss_") + language, m_folder);
        if (found)
            QCoreApplication::installTranslator(m_own.get());
        m_qt = std::make_unique<QTranslator>();
        const QString name = QStringLiteral("qtbase_") + language;
        if (m_qt->load(name, m_folder) || m_qt->load(name, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
            QCoreApplication::installTranslator(m_qt.get());
    }
    m_current = language;
    setCurrentLanguage(language);
    Q_EMIT changed();
    return found;
}

} // namespace kboss
