#pragma once

#include "models/exporter.h"
#include "models/exporttext.h"

#include <QTemporaryFile>

namespace kboss {

// One column of the written file. Money takes two (amount, currency), labelled codes too (word, code).
struct ExportColumn {
    enum class Part { Whole, Currency, Word };
    size_t field = 0;
    Part part = Part::Whole;
    QString head;
    int width = 120;
    bool time = false;
    QHash<QString, QString> words; // Word: by code
};

// Resolved on the GUI thread: labels in the person's language, secrets left out whatever was asked.
std::vector<ExportColumn> exportColumns(const ResourceType &type, const QStringList &fields, const QTimeZone &zone);

// The text of a cell where it is text: the word, the currency, a misfit; null for anything that has a type of its own.
const QString *exportWord(const Value &value, const ExportColumn &column);

// Whether a spreadsheet would take the text for a formula: begins with = + - @ tab CR and is not a plain number.
bool looksLikeFormula(QStringView text);

// The number as a spreadsheet would hold it, if reading it back gives the same decimal.
std::optional<double> exactDouble(const Decimal &value);

// A file that is there only when it is whole: written beside its place and renamed. Removed unless committed.
class PartFile {
public:
    explicit PartFile(const QString &target);
    Result<void> open();
    QTemporaryFile &file() { return m_file; }
    Result<void> commit();

private:
    QString m_target;
    QTemporaryFile m_file;
};

// Writes rows on a worker thread; dropping it before finish() leaves no file.
class ExportSink {
public:
    virtual ~ExportSink() = default;
    virtual Result<void> begin() = 0;
    virtual Result<void> write(const std::vector<Row> &rows) = 0;
    virtual Result<void> finish() = 0;
};

std::unique_ptr<ExportSink> makeCsvSink(const QString &file, std::vector<ExportColumn> columns, const QTimeZone &zone);
std::unique_ptr<ExportSink> makeXlsxSink(const QString &file, const QString &sheetName, std::vector<ExportColumn> columns, const QTimeZone &zone,
                                         int rowsPerSheet = 1'048'575);

} // namespace kboss
