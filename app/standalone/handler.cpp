#include "app/standalone/handler.h"

#include <QDebug>

namespace kboss::standalone {

using namespace Qt::StringLiterals;

QString CheckedRequest::text(const char *name, const QString &fallback) const
{
    const auto found = arguments.find(name);
    return found != arguments.end() && found->is_string() ? QString::fromStdString(found->get_ref<const std::string &>()) : fallback;
}

qint64 CheckedRequest::number(const char *name, qint64 fallback) const
{
    const auto found = arguments.find(name);
    return found != arguments.end() && found->is_number_integer() ? found->get<qint64>() : fallback;
}

bool CheckedRequest::isTrue(const char *name) const
{
    const auto found = arguments.find(name);
    return found != arguments.end() && found->is_boolean() && found->get<bool>();
}

Refused storageRefusal(const Error &error)
{
    qWarning().noquote() << "database:" << error.detail;
    return refuseAs(500, "INTERNAL", u"数据库错误,未作任何修改 (the database failed; nothing was changed)"_s);
}

} // namespace kboss::standalone
