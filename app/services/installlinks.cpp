#include "app/services/installlinks.h"

namespace kboss {

using namespace Qt::StringLiterals;

bool sameTarget(const SshTarget &a, const SshTarget &b)
{
    const SshCredential &one = a.credential, &other = b.credential;
    if (a.address != b.address || one.user != other.user || one.password != other.password || one.keyFile != other.keyFile
        || one.passphrase != other.passphrase || one.agent != other.agent || one.agentSocket != other.agentSocket
        || one.sudoPassword != other.sudoPassword || !a.jump != !b.jump)
        return false;
    return !a.jump || sameTarget(*a.jump, *b.jump);
}

InstallLinks::InstallLinks(const HostKeyLedger &ledger, SshLimits limits, SshPatience patience)
    : m_ledger(ledger), m_limits(limits), m_patience(patience)
{
}

void InstallLinks::setTargets(const QHash<QString, SshTarget> &targets)
{
    const std::lock_guard lock(m_mutex);
    m_targets = targets;
}

void InstallLinks::renew(const QStringList &names)
{
    const std::lock_guard lock(m_mutex);
    for (const QString &name : names) {
        if (const auto found = m_links.find(name); found != m_links.end())
            found->second.isOld = true;
    }
}

// A link is set anew by who uses it next: that may wait for what runs over it, and keeps only those waiting that want the same host.
SshLink *InstallLinks::linkOf(const QString &name)
{
    Kept *kept = nullptr;
    {
        const std::lock_guard lock(m_mutex);
        if (!m_targets.contains(name))
            return nullptr;
        kept = &m_links[name];
    }
    const std::lock_guard setting(kept->setting);
    SshTarget target;
    bool wasOld = false;
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_targets.constFind(name);
        if (found == m_targets.constEnd())
            return nullptr;
        target = *found;
        wasOld = std::exchange(kept->isOld, false);
    }
    if (!kept->link)
        kept->link = std::make_unique<SshLink>(target, m_ledger, m_limits, m_patience);
    else if (wasOld || !sameTarget(kept->target, target))
        kept->link->reset(target);
    kept->target = target;
    return kept->link.get();
}

RemoteHost *InstallLinks::find(const QString &name)
{
    return linkOf(name);
}

Result<SshInfo> InstallLinks::connect(const QString &name, CancelToken token)
{
    SshLink *link = linkOf(name);
    if (!link)
        return fail(ErrorKind::NotFound, u"No host %1 in the plan"_s.arg(name), u"host"_s);
    return link->connect(token);
}

} // namespace kboss
