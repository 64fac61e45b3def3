#include "ui/installchecktexts.h"

#include <QCoreApplication>

namespace kboss {

using namespace Qt::StringLiterals;

QString fixChangeField(const FixChange &change)
{
    static const char *const kinds[] = {
        QT_TRANSLATE_NOOP("CheckTexts", "value %1"),   QT_TRANSLATE_NOOP("CheckTexts", "file %1"),    QT_TRANSLATE_NOOP("CheckTexts", "swap %1"),
        QT_TRANSLATE_NOOP("CheckTexts", "service %1"), QT_TRANSLATE_NOOP("CheckTexts", "package %1"), QT_TRANSLATE_NOOP("CheckTexts", "module %1"),
        QT_TRANSLATE_NOOP("CheckTexts", "host name"),  QT_TRANSLATE_NOOP("CheckTexts", "port %1"),    QT_TRANSLATE_NOOP("CheckTexts", "firewall %1"),
        QT_TRANSLATE_NOOP("CheckTexts", "clock"),      QT_TRANSLATE_NOOP("CheckTexts", "folder %1"),
    };
    const QString word = QCoreApplication::translate("CheckTexts", kinds[static_cast<size_t>(change.kind)]);
    return word.contains("%1"_L1) ? word.arg(change.subject) : word;
}

} // namespace kboss
