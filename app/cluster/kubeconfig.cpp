#include "app/cluster/kubeconfig.h"

#include <QSet>
#include <QUrl>
#include <nlohmann/json.hpp>
#include <span>
#include <yaml-cpp/yaml.h>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

using Tree = nlohmann::ordered_json;

tl::unexpected<Error> refuse(const QString &reason)
{
    Error error;
    error.kind = ErrorKind::Rejected;
    error.detail = u"kubeconfig: "_s + reason;
    error.field = u"kubeconfig"_s;
    return fail(error);
}

// Two parsers may differ about equal keys and merges: such a map is not read at all.
Result<YAML::Node> plainMap(const YAML::Node &node, const char *name)
{
    const QString shown = QLatin1String(name);
    if (!node || !node.IsMap())
        return refuse(u"%1 is missing or no map"_s.arg(shown));
    QSet<QByteArray> keys;
    for (const auto &member : node) {
        if (!member.first.IsScalar())
            return refuse(u"a key of %1 is no text"_s.arg(shown));
        const QByteArray key = QByteArray::fromStdString(member.first.Scalar());
        if (key == "<<")
            return refuse(u"merge keys are not taken (%1)"_s.arg(shown));
        if (keys.contains(key))
            return refuse(u"a key of %1 is there twice"_s.arg(shown));
        keys.insert(key);
    }
    return node;
}

Result<std::string> scalarOf(const YAML::Node &map, const char *name)
{
    const YAML::Node value = map[name];
    if (!value || !value.IsScalar() || value.Scalar().empty())
        return refuse(u"%1 is missing or no text"_s.arg(QLatin1String(name)));
    return value.Scalar();
}

// The map `inner` of the only entry of this name in the list.
Result<YAML::Node> entryNamed(const YAML::Node &document, const char *list, const char *inner, const std::string &wanted)
{
    const YAML::Node entries = document[list];
    if (!entries || !entries.IsSequence())
        return refuse(u"%1 is missing"_s.arg(QLatin1String(list)));
    std::optional<YAML::Node> found;
    for (const YAML::Node &one : entries) {
        const auto entry = plainMap(one, list);
        if (!entry)
            return fail(entry.error());
        const auto name = scalarOf(*entry, "name");
        if (!name)
            return fail(name.error());
        if (*name != wanted)
            continue;
        if (found)
            return refuse(u"two of %1 have one name"_s.arg(QLatin1String(list)));
        found = one;
    }
    return found ? plainMap((*found)[inner], inner)
                 : Result<YAML::Node>(refuse(u"the entry of %1 that is used is missing"_s.arg(QLatin1String(list))));
}

Result<void> hasNone(const YAML::Node &map, std::initializer_list<const char *> unwanted)
{
    for (const char *name : unwanted) {
        if (map[name])
            return refuse(u"%1 is not taken; everything must be inside the file"_s.arg(QLatin1String(name)));
    }
    return {};
}

struct Member {
    const char *name;
    bool base64;
};

Result<Tree> taken(const YAML::Node &map, std::span<const Member> members)
{
    Tree made = Tree::object();
    for (const Member &member : members) {
        if (!map[member.name])
            continue;
        const auto value = scalarOf(map, member.name);
        if (!value)
            return fail(value.error());
        const bool controls = std::ranges::any_of(*value, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
        QByteArray bytes = QByteArray::fromStdString(*value);
        if (member.base64)
            bytes = bytes.simplified().replace(' ', ""); // folded over lines
        const bool good = member.base64 ? bool(QByteArray::fromBase64Encoding(bytes, QByteArray::AbortOnBase64DecodingErrors)) : !controls;
        if (!good || QString::fromUtf8(bytes).toUtf8() != bytes)
            return refuse(u"%1 is not written as it should be"_s.arg(QLatin1String(member.name)));
        made[member.name] = bytes.toStdString();
    }
    return made;
}

Result<Tree> takenCluster(const YAML::Node &cluster)
{
    static constexpr Member members[] = {{"server", false}, {"tls-server-name", false}, {"certificate-authority-data", true}};
    if (auto none = hasNone(cluster, {"certificate-authority", "proxy-url"}); !none)
        return fail(none.error());
    const YAML::Node unverified = cluster["insecure-skip-tls-verify"];
    if (unverified && (!unverified.IsScalar() || unverified.Scalar() != "false"))
        return refuse(u"insecure-skip-tls-verify is not taken; give certificate-authority-data"_s);
    const auto server = scalarOf(cluster, "server");
    if (!server)
        return fail(server.error());
    const QUrl url(QString::fromStdString(*server), QUrl::StrictMode);
    if (!url.isValid() || url.scheme() != u"https"_s || url.host().isEmpty() || !url.userInfo().isEmpty())
        return refuse(u"server must begin with https://"_s);
    return taken(cluster, members);
}

Result<Tree> takenUser(const YAML::Node &user)
{
    static constexpr Member members[] = {
        {"client-certificate-data", true}, {"client-key-data", true}, {"token", false}, {"username", false}, {"password", false}};
    // Without impersonation the same credentials would be able to do more than they were given for.
    if (auto none =
            hasNone(user, {"exec", "auth-provider", "client-certificate", "client-key", "tokenFile", "as", "as-uid", "as-groups", "as-user-extra"});
        !none)
        return fail(none.error());
    return taken(user, members);
}

Result<QByteArray> rebuilt(const YAML::Node &root)
{
    const auto document = plainMap(root, "kubeconfig");
    if (!document)
        return fail(document.error());
    const auto current = scalarOf(*document, "current-context");
    if (!current)
        return fail(current.error());
    const auto context = entryNamed(*document, "contexts", "context", *current);
    if (!context)
        return fail(context.error());
    const auto clusterName = scalarOf(*context, "cluster"), userName = scalarOf(*context, "user");
    if (!clusterName || !userName)
        return fail(clusterName ? userName.error() : clusterName.error());
    const auto cluster = entryNamed(*document, "clusters", "cluster", *clusterName);
    const auto user = entryNamed(*document, "users", "user", *userName);
    if (!cluster || !user)
        return fail(cluster ? user.error() : cluster.error());
    auto ownCluster = takenCluster(*cluster);
    auto ownUser = takenUser(*user);
    if (!ownCluster || !ownUser)
        return fail(ownCluster ? ownUser.error() : ownCluster.error());
    Tree made;
    made["apiVersion"] = "v1";
    made["kind"] = "Config";
    made["clusters"][0] = {{"name", "cluster"}, {"cluster", std::move(*ownCluster)}};
    made["users"][0] = {{"name", "user"}, {"user", std::move(*ownUser)}};
    made["contexts"][0] = {{"name", "context"}, {"context", {{"cluster", "cluster"}, {"user", "user"}}}};
    made["current-context"] = "context";
    return QByteArray::fromStdString(made.dump());
}

} // namespace

Result<QByteArray> rebuiltKubeconfig(const QByteArray &yaml)
{
    if (yaml.size() > 100'000)
        return refuse(u"larger than 100 kB"_s);
    try {
        const std::vector<YAML::Node> documents = YAML::LoadAll(yaml.toStdString());
        if (documents.size() != 1 || !documents.front().IsMap())
            return refuse(u"not one YAML document"_s);
        return rebuilt(documents.front());
    } catch (const YAML::Exception &problem) {
        return refuse(u"no YAML: line %1"_s.arg(problem.mark.line + 1)); // its words may quote the text
    }
}

} // namespace kboss
