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
    return language == QLatin1String("en") ? QStringLiteral("English") : QStringLiteral(u"\u4e2d\u6587");
}

QString Language::other(const char *context, const char *source) const
{
    if (m_current != QLatin1String("en"))
        return QString::fromUtf8(source);
    return m_own ? m_own->translate(context, source) : QString();
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
    const bool english = language == QLatin1String("en");
    QLocale::setDefault(QLocale(language));
    if (!m_own) {
        m_own = std::make_unique<QTranslator>();
        m_qt = std::make_unique<QTranslator>();
        (void)m_own->load(QStringLiteral("kboss_zh_CN"), m_folder);
        const QString name = QStringLiteral("qtbase_zh_CN");
        if (!m_qt->load(name, m_folder))
            (void)m_qt->load(name, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    }
    if (!english) {
        QCoreApplication::installTranslator(m_qt.get());
        QCoreApplication::installTranslator(m_own.get());
    }
    m_current = language;
    setCurrentLanguage(language);
    Q_EMIT changed();
    return english || !m_own->isEmpty();
}

} // namespace kboss
