// InstallRecord: its file.
#include "app/services/installfiles.h"

#include <nlohmann/json.hpp>

namespace kboss {

using namespace Qt::StringLiterals;
using nlohmann::json;

namespace {

const QStringList &kindNames()
{
    static const QStringList names{u"install"_s, u"dry-run"_s, u"remove-worker"_s, u"remove-cluster"_s};
    return names;
}

const QStringList &endNames()
{
    static const QStringList names{u"open"_s, u"done"_s, u"failed"_s, u"stopped"_s};
    return names;
}

const QStringList &fileNames() // by InstallFile::Kind
{
    static const QStringList names{u"images"_s, u"package"_s, u"manifest"_s};
    return names;
}

std::string dayText(const QDate &day)
{
    return day.isValid() ? day.toString(Qt::ISODate).toStdString() : std::string();
}

// Reads members and keeps the first fault.
class Members {
public:
    Members(const json &object, QString *fault) : m_object(object), m_fault(fault)
    {
        if (!object.is_object())
            complain("an object");
    }

    QString text(const char *name)
    {
        const json *found = find(name);
        if (!found)
            return {};
        if (!found->is_string())
            complain(name);
        return found->is_string() ? QString::fromStdString(found->get_ref<const std::string &>()) : QString();
    }

    qint64 number(const char *name)
    {
        const json *found = find(name);
        if (!found)
            return 0;
        if (!found->is_number_integer())
            complain(name);
        return found->is_number_integer() ? found->get<qint64>() : 0;
    }

    bool flag(const char *name, bool fallback)
    {
        const json *found = find(name);
        if (!found)
            return fallback;
        if (!found->is_boolean())
            complain(name);
        return found->is_boolean() ? found->get<bool>() : fallback;
    }

    QDate day(const char *name)
    {
        const QString written = text(name);
        const QDate day = QDate::fromString(written, Qt::ISODate);
        if (!written.isEmpty() && !day.isValid())
            complain(name);
        return day;
    }

    int choice(const char *name, const QStringList &names)
    {
        const qsizetype at = names.indexOf(text(name));
        if (at < 0)
            complain(name);
        return static_cast<int>(std::max<qsizetype>(at, 0));
    }

    const json &list(const char *name)
    {
        static const json none = json::array();
        const json *found = find(name);
        if (found && !found->is_array())
            complain(name);
        return found && found->is_array() ? *found : none;
    }

    const json &object(const char *name)
    {
        static const json none = json::object();
        const json *found = find(name);
        if (found && !found->is_object())
            complain(name);
        return found && found->is_object() ? *found : none;
    }

private:
    const json *find(const char *name) const
    {
        if (!m_object.is_object())
            return nullptr;
        const auto found = m_object.find(name);
        return found == m_object.end() ? nullptr : &*found;
    }

    void complain(const char *name)
    {
        if (m_fault->isEmpty())
            *m_fault = QLatin1String(name);
    }

    const json &m_object;
    QString *m_fault;
};

json detailsJson(const InstallDetails &details)
{
    return {{"center_id", details.centerId.toStdString()},
            {"center_name", details.centerName.toStdString()},
            {"enable_date", dayText(details.enableDate)},
            {"export_date", dayText(details.exportDate)},
            {"registers", details.registers},
            {"files_folder", details.filesFolder.toStdString()}};
}

InstallDetails readDetails(const json &object, QString *fault)
{
    Members members(object, fault);
    return {members.text("center_id"),  members.text("center_name"),     members.day("enable_date"),
            members.day("export_date"), members.flag("registers", true), members.text("files_folder")};
}

json namesJson(const QStringList &names)
{
    json list = json::array();
    for (const QString &name : names)
        list.push_back(name.toStdString());
    return list;
}

json fileJson(const InstallFile &file)
{
    return {{"name", file.name.toStdString()},
            {"size", file.size},
            {"path", file.path.toStdString()},
            {"kind", fileNames().at(static_cast<int>(file.kind)).toStdString()}};
}

InstallFile readFile(const json &object, QString *fault)
{
    Members members(object, fault);
    InstallFile file;
    file.name = members.text("name");
    file.size = members.number("size");
    file.path = members.text("path");
    file.kind = static_cast<InstallFile::Kind>(members.choice("kind", fileNames()));
    if (file.name.isEmpty() || file.name.contains(u'/') || file.size < 0)
        *fault = u"files"_s;
    return file;
}

json runJson(const InstallRunRecord &run)
{
    json files = json::array();
    for (const InstallFile &file : run.files)
        files.push_back(fileJson(file));
    return {{"kind", kindNames().at(static_cast<int>(run.kind)).toStdString()},
            {"worker", run.worker.toStdString()},
            {"journal", run.journal.toStdString()},
            {"begun_ms", run.begunMs},
            {"ended_ms", run.endedMs},
            {"end", endNames().at(static_cast<int>(run.end)).toStdString()},
            {"by", run.by.toStdString()},
            {"broke_lock_because", run.breakLock.toStdString()},
            {"left_out", namesJson(run.leftOut)},
            {"files", std::move(files)}};
}

InstallRunRecord readRun(const json &object, QString *fault)
{
    Members members(object, fault);
    InstallRunRecord run;
    run.kind = static_cast<InstallRun::Kind>(members.choice("kind", kindNames()));
    run.worker = members.text("worker");
    run.journal = members.text("journal");
    run.begunMs = members.number("begun_ms");
    run.endedMs = members.number("ended_ms");
    run.end = static_cast<InstallRunRecord::End>(members.choice("end", endNames()));
    run.by = members.text("by");
    run.breakLock = members.text("broke_lock_because");
    for (const json &host : members.list("left_out")) {
        if (!host.is_string())
            *fault = u"left_out"_s;
        else
            run.leftOut << QString::fromStdString(host.get<std::string>());
    }
    for (const json &file : members.list("files"))
        run.files.push_back(readFile(file, fault));
    if (run.journal.isEmpty() || run.journal.contains(u'/') || run.journal.startsWith(u'.'))
        *fault = u"journal"_s;
    return run;
}

json acceptedJson(const AcceptedCheck &check)
{
    return {{"host", check.host.toStdString()},
            {"name", check.name.toStdString()},
            {"reason", check.reason.toStdString()},
            {"by", check.by.toStdString()},
            {"ms", check.ms}};
}

AcceptedCheck readAccepted(const json &object, QString *fault)
{
    Members members(object, fault);
    return {members.text("host"), members.text("name"), members.text("reason"), members.text("by"), members.number("ms")};
}

void readLists(const json &root, InstallRecord *record, QString *fault)
{
    Members members(root, fault);
    const json &ways = members.object("sign_in");
    for (auto way = ways.begin(); way != ways.end(); ++way) {
        Members one(*way, fault);
        record->signIns.insert(QString::fromStdString(way.key()), {one.text("key_file"), one.flag("agent", false)});
    }
    for (const json &check : members.list("accepted"))
        record->accepted.push_back(readAccepted(check, fault));
    for (const json &run : members.list("runs"))
        record->runs.push_back(readRun(run, fault));
}

} // namespace

QByteArray writeInstallRecord(const InstallRecord &record)
{
    json ways = json::object(), accepted = json::array(), runs = json::array();
    for (auto way = record.signIns.begin(); way != record.signIns.end(); ++way)
        ways[way.key().toStdString()] = {{"key_file", way->keyFile.toStdString()}, {"agent", way->agent}};
    for (const AcceptedCheck &check : record.accepted)
        accepted.push_back(acceptedJson(check));
    for (const InstallRunRecord &run : record.runs)
        runs.push_back(runJson(run));
    const QByteArray planText = writePlan(record.plan);
    const json root{{"format", InstallRecord::s_format},
                    {"id", record.id.toStdString()},
                    {"by", record.by.toStdString()},
                    {"made_ms", record.madeMs},
                    {"changed_ms", record.changedMs},
                    {"plan", json::parse(planText.constBegin(), planText.constEnd(), nullptr, false)},
                    {"details", detailsJson(record.details)},
                    {"sign_in", std::move(ways)},
                    {"accepted", std::move(accepted)},
                    {"runs", std::move(runs)},
                    {"cluster_id", record.clusterId.toStdString()}};
    return QByteArray::fromStdString(root.dump(1, ' ', false, json::error_handler_t::replace)) + '\n';
}

Result<InstallRecord> readInstallRecord(const QByteArray &content)
{
    const json root = json::parse(content.constBegin(), content.constEnd(), nullptr, false);
    if (!root.is_object())
        return fail(ErrorKind::Storage, u"no object of JSON"_s);
    QString fault;
    Members members(root, &fault);
    if (members.number("format") > InstallRecord::s_format)
        return fail(ErrorKind::Storage, u"written by a newer version"_s);
    InstallRecord record;
    record.id = members.text("id");
    record.by = members.text("by");
    record.madeMs = members.number("made_ms");
    record.changedMs = members.number("changed_ms");
    record.clusterId = members.text("cluster_id");
    auto plan = readPlan(QByteArray::fromStdString(members.object("plan").dump()));
    if (!plan)
        return fail(ErrorKind::Storage, u"plan: "_s + plan.error().detail);
    record.plan = std::move(*plan);
    record.details = readDetails(members.object("details"), &fault);
    readLists(root, &record, &fault);
    if (!fault.isEmpty())
        return fail(ErrorKind::Storage, u"%1 is not what it should be"_s.arg(fault), fault);
    return record;
}

} // namespace kboss
