#include "models/exportsink.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <filesystem>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("Exporter", text);
}

void addColumn(std::vector<ExportColumn> &columns, const ResourceType &type, size_t field, const QTimeZone &zone)
{
    const ColumnSpec &spec = type.columns[field];
    ExportColumn column;
    column.field = field;
    column.width = spec.width;
    column.time = spec.field.type == FieldType::DateTime;
    const QString unit = spec.unit.text();
    column.head = unit.isEmpty() ? spec.label.text() : u"%1 (%2)"_s.arg(spec.label.text(), unit);
    if (column.time)
        column.head = u"%1 (%2)"_s.arg(spec.label.text(), QString::fromUtf8(zone.id()));
    if (!spec.values.empty()) {
        ExportColumn word = column;
        word.part = ExportColumn::Part::Word;
        for (const auto &value : spec.values)
            word.words.insert(value.value, value.label.text());
        columns.push_back(std::move(word));
        column.head = words(QT_TRANSLATE_NOOP("Exporter", "%1, code")).arg(column.head);
    }
    columns.push_back(column);
    if (spec.field.type == FieldType::Money) {
        column.part = ExportColumn::Part::Currency;
        column.head = words(QT_TRANSLATE_NOOP("Exporter", "%1, currency")).arg(column.head);
        column.width = 72;
        columns.push_back(std::move(column));
    }
}

bool isPlainNumber(QStringView text)
{
    if (!text.isEmpty() && (text.front() == u'+' || text.front() == u'-'))
        text = text.sliced(1);
    bool point = false;
    bool digit = false;
    for (const QChar c : text) {
        if (c == u'.' && !point)
            point = true;
        else if (c >= u'0' && c <= u'9')
            digit = true;
        else
            return false;
    }
    return digit && !text.startsWith(u'.') && !text.endsWith(u'.');
}

} // namespace

std::vector<ExportColumn> exportColumns(const ResourceType &type, const QStringList &fields, const QTimeZone &zone)
{
    std::vector<ExportColumn> columns;
    const TableSchema schema = type.schema();
    for (const QString &id : fields) {
        const int at = schema.indexOf(id);
        if (at >= 0 && schema.fields[static_cast<size_t>(at)].type != FieldType::Secret)
            addColumn(columns, type, static_cast<size_t>(at), zone);
    }
    return columns;
}

const QString *exportWord(const Value &value, const ExportColumn &column)
{
    static const QString none;
    if (const auto *misfit = std::get_if<Misfit>(&value))
        return column.part == ExportColumn::Part::Currency ? &none : &misfit->raw;
    if (column.part == ExportColumn::Part::Currency) {
        const auto *money = std::get_if<Money>(&value);
        return money ? &money->currency : &none;
    }
    const auto *text = std::get_if<QString>(&value);
    if (!text)
        return nullptr;
    if (column.part == ExportColumn::Part::Word) {
        const auto word = column.words.constFind(*text);
        if (word != column.words.constEnd())
            return &*word;
    }
    return text;
}

bool looksLikeFormula(QStringView text)
{
    if (text.isEmpty())
        return false;
    switch (text.front().unicode()) {
    case u'=':
    case u'@':
    case u'\t':
    case u'\r':
        return true;
    case u'+':
    case u'-':
        return !isPlainNumber(text);
    default:
        return false;
    }
}

PartFile::PartFile(const QString &target)
    : m_target(target), m_file(QFileInfo(target).absoluteDir().filePath(u".%1.XXXXXX.part"_s.arg(QFileInfo(target).fileName())))
{
}

Result<void> PartFile::open()
{
    if (!m_file.open())
        return fail(ErrorKind::Storage, u"%1: %2"_s.arg(QDir::toNativeSeparators(m_target), m_file.errorString()));
    return {};
}

Result<void> PartFile::commit()
{
    const QString name = m_file.fileName();
    m_file.close();
    std::error_code error;
    std::filesystem::rename(name.toStdU16String(), m_target.toStdU16String(), error);
    if (error)
        return fail(ErrorKind::Storage, u"%1: %2"_s.arg(QDir::toNativeSeparators(m_target), QString::fromStdString(error.message())));
    m_file.setAutoRemove(false);
    return {};
}

} // namespace kboss
