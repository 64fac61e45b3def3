#include "app/api/contractreader.h"
#include "app/api/operation.h"

#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;

namespace kboss {
namespace {

constexpr qint64 maxDocumentBytes = 8 * 1024 * 1024;

Unexpected documentFault(const QString &file, const QString &pointer, const QString &reason)
{
    return fail(ErrorKind::Internal, u"%1: %2: %3"_s.arg(file, pointer.isEmpty() ? u"/"_s : pointer, reason), pointer);
}

QString placeInText(const QByteArray &document, size_t byte)
{
    const QByteArray before = document.left(static_cast<qsizetype>(byte));
    const qsizetype line = before.count('\n') + 1;
    const qsizetype column = before.size() - (before.lastIndexOf('\n') + 1);
    return u"line %1, column %2"_s.arg(line).arg(column);
}

Result<QByteArray> readDocument(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return documentFault(QFileInfo(path).fileName(), {}, u"cannot be read: "_s + file.errorString());
    if (file.size() > maxDocumentBytes)
        return documentFault(QFileInfo(path).fileName(), {}, u"is larger than %1 bytes"_s.arg(maxDocumentBytes));
    return file.readAll();
}

} // namespace

Result<ContractSet> ContractSet::load(const QString &folder)
{
    const QStringList names = QDir(folder).entryList({u"*.json"_s}, QDir::Files, QDir::Name);
    if (names.isEmpty())
        return documentFault(folder, {}, u"no contract documents (*.json) in this folder"_s);
    ContractSet set;
    for (const QString &name : names) {
        const auto document = readDocument(folder + u'/' + name);
        if (!document)
            return fail(document.error());
        auto one = parse(*document, name);
        if (!one)
            return one;
        for (auto &operation : one->m_operations) {
            if (set.m_byId.contains(operation->id))
                return documentFault(name, u"/paths"_s, u"operationId \"%1\" is in another document too"_s.arg(operation->id));
            set.m_byId.insert(operation->id, static_cast<int>(set.m_operations.size()));
            set.m_operations.push_back(std::move(operation));
        }
    }
    return set;
}

Result<ContractSet> ContractSet::parse(const QByteArray &document, const QString &fileName)
{
    nlohmann::json root;
    try {
        root = nlohmann::json::parse(document.begin(), document.end());
    } catch (const nlohmann::json::parse_error &error) {
        return documentFault(fileName, {}, u"not JSON at %1"_s.arg(placeInText(document, error.byte)));
    }
    ContractSet set;
    try {
        set.m_operations = ContractReader(root).read();
    } catch (const ContractFault &fault) {
        return documentFault(fileName, fault.pointer, fault.reason);
    }
    for (size_t i = 0; i < set.m_operations.size(); ++i) {
        const QString &id = set.m_operations[i]->id;
        if (set.m_byId.contains(id))
            return documentFault(fileName, u"/paths"_s, u"operationId \"%1\" is there twice"_s.arg(id));
        set.m_byId.insert(id, static_cast<int>(i));
    }
    return set;
}

const Operation *ContractSet::find(const QString &id) const
{
    const auto found = m_byId.constFind(id);
    return found == m_byId.constEnd() ? nullptr : m_operations[static_cast<size_t>(*found)].get();
}

QList<QString> ContractSet::ids() const
{
    QList<QString> ids;
    for (const auto &operation : m_operations)
        ids.append(operation->id);
    return ids;
}

} // namespace kboss
