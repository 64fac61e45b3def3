#include "models/installcounts.h"

#include <QCoreApplication>
#include <iterator>

namespace kboss {

namespace {

struct Forms {
    const char *one, *many;
};

} // namespace

QString countText(Counted what, qint64 number)
{
    static const Forms forms[] = {
        {QT_TRANSLATE_NOOP("InstallCounts", "1 host"), QT_TRANSLATE_NOOP("InstallCounts", "%1 hosts")},
        {QT_TRANSLATE_NOOP("InstallCounts", "1 worker"), QT_TRANSLATE_NOOP("InstallCounts", "%1 workers")},
        {QT_TRANSLATE_NOOP("InstallCounts", "1 control plane"), QT_TRANSLATE_NOOP("InstallCounts", "%1 control planes")},
        {QT_TRANSLATE_NOOP("InstallCounts", "1 installation"), QT_TRANSLATE_NOOP("InstallCounts", "%1 installations")},
        {QT_TRANSLATE_NOOP("InstallCounts", "1 check"), QT_TRANSLATE_NOOP("InstallCounts", "%1 checks")},
        {QT_TRANSLATE_NOOP("InstallCounts", "1 change"), QT_TRANSLATE_NOOP("InstallCounts", "%1 changes")},
        {QT_TRANSLATE_NOOP("InstallCounts", "1 step"), QT_TRANSLATE_NOOP("InstallCounts", "%1 steps")},
        {QT_TRANSLATE_NOOP("InstallCounts", "1 step failed"), QT_TRANSLATE_NOOP("InstallCounts", "%1 steps failed")},
        {QT_TRANSLATE_NOOP("InstallCounts", "1 key"), QT_TRANSLATE_NOOP("InstallCounts", "%1 keys")},
        {QT_TRANSLATE_NOOP("InstallCounts", "1 line"), QT_TRANSLATE_NOOP("InstallCounts", "%1 lines")},
        {QT_TRANSLATE_NOOP("InstallCounts", "1 package"), QT_TRANSLATE_NOOP("InstallCounts", "%1 packages")},
        {QT_TRANSLATE_NOOP("InstallCounts", "1 archive of images"), QT_TRANSLATE_NOOP("InstallCounts", "%1 archives of images")},
        {QT_TRANSLATE_NOOP("InstallCounts", "1 manifest"), QT_TRANSLATE_NOOP("InstallCounts", "%1 manifests")},
        {QT_TRANSLATE_NOOP("InstallCounts", "1 pod"), QT_TRANSLATE_NOOP("InstallCounts", "%1 pods")},
        {QT_TRANSLATE_NOOP("InstallCounts", "1 node"), QT_TRANSLATE_NOOP("InstallCounts", "%1 nodes")},
    };
    const auto at = static_cast<size_t>(what);
    if (at >= std::size(forms))
        return QString::number(number);
    const QString text = QCoreApplication::translate("InstallCounts", number == 1 ? forms[at].one : forms[at].many);
    return text.contains(QLatin1String("%1")) ? text.arg(number) : text;
}

} // namespace kboss
