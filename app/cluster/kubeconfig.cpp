#include "app/cluster/kubeconfig.h"

#include <QStringList>
#include <yaml-cpp/yaml.h>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

Result<void> refuse(const QString &reason)
{
    Error error;
    error.kind = ErrorKind::Rejected;
    error.detail = u"kubeconfig: "_s + reason;
    error.field = u"kubeconfig"_s;
    return fail(error);
}

bool has(const YAML::Node &list, const std::string &name)
{
    for (const YAML::Node &entry : list) {
        if (entry.IsMap() && entry["name"] && entry["name"].IsScalar() && entry["name"].Scalar() == name)
            return true;
    }
    return false;
}

Result<void> checkMembers(const YAML::Node &list, const char *inner, const QStringList &unwanted)
{
    for (const YAML::Node &entry : list) {
        if (!entry.IsMap() || !entry[inner] || !entry[inner].IsMap())
            return refuse(u"an entry of %1s has no %1"_s.arg(QLatin1String(inner)));
        for (const QString &name : unwanted) {
            if (entry[inner][name.toStdString()])
                return refuse(u"%1 is not taken; everything must be inside the file"_s.arg(name));
        }
    }
    return {};
}

Result<void> checkDocument(const YAML::Node &document)
{
    for (const char *name : {"clusters", "users", "contexts"}) {
        if (!document[name] || !document[name].IsSequence() || document[name].size() == 0)
            return refuse(u"%1 is missing"_s.arg(QLatin1String(name)));
    }
    const YAML::Node current = document["current-context"];
    if (!current || !current.IsScalar() || !has(document["contexts"], current.Scalar()))
        return refuse(u"current-context names no context"_s);
    if (auto checked = checkMembers(document["clusters"], "cluster", {u"certificate-authority"_s}); !checked)
        return checked;
    for (const YAML::Node &entry : document["clusters"]) {
        const YAML::Node server = entry["cluster"]["server"];
        if (!server || !server.IsScalar() || !QString::fromStdString(server.Scalar()).startsWith(u"https://"_s))
            return refuse(u"server must begin with https://"_s);
    }
    return checkMembers(document["users"], "user", {u"exec"_s, u"auth-provider"_s, u"client-certificate"_s, u"client-key"_s, u"tokenFile"_s});
}

} // namespace

Result<void> checkKubeconfig(const QByteArray &yaml)
{
    if (yaml.size() > 100'000)
        return refuse(u"larger than 100 kB"_s);
    try {
        const std::vector<YAML::Node> documents = YAML::LoadAll(yaml.toStdString());
        if (documents.size() != 1 || !documents.front().IsMap())
            return refuse(u"not one YAML document"_s);
        return checkDocument(documents.front());
    } catch (const YAML::Exception &problem) {
        return refuse(u"no YAML: line %1"_s.arg(problem.mark.line + 1)); // its words may quote the text
    }
}

} // namespace kboss
