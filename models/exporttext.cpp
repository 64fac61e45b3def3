#include "models/formatters.h"

#include <QDateTime>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

QString zoned(qint64 ms, const QTimeZone &zone)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(ms, zone);
    QString text = time.toString(ms % 1000 == 0 ? u"yyyy-MM-ddTHH:mm:ss"_s : u"yyyy-MM-ddTHH:mm:ss.zzz"_s);
    const int offset = time.offsetFromUtc();
    if (offset == 0)
        return text + u'Z';
    const int minutes = std::abs(offset) / 60;
    return text + (offset < 0 ? u'-' : u'+') + u"%1:%2"_s.arg(minutes / 60, 2, 10, QLatin1Char('0')).arg(minutes % 60, 2, 10, QLatin1Char('0'));
}

struct ExportMaker {
    const QTimeZone &zone;

    QString operator()(std::monostate) const { return {}; }
    QString operator()(const QString &value) const { return value; }
    QString operator()(qint64 value) const { return QString::number(value); }
    QString operator()(bool value) const { return value ? u"true"_s : u"false"_s; }
    QString operator()(const Decimal &value) const { return value.toString(); }
    QString operator()(const Money &value) const { return value.amount().normalized().toString(2); }
    QString operator()(const Instant &value) const { return zoned(value.ms, zone); }
    QString operator()(const QDate &value) const { return value.toString(Qt::ISODate); }
    QString operator()(const SecretMark &) const { return {}; }
    QString operator()(const Misfit &value) const { return value.raw; }
};

} // namespace

QString exportText(const Value &value, const ColumnSpec &column, const QTimeZone &zone)
{
    if (column.field.type == FieldType::Secret)
        return {};
    return std::visit(ExportMaker{zone}, value);
}

} // namespace kboss
