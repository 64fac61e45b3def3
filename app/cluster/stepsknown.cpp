// What is known of a cluster and of a host's part in it: questions that wait for an answer, and marks on the host.
#include "app/cluster/kubeadmconfig.h"
#include "app/cluster/stepparts.h"

namespace kboss::steps {

using namespace Qt::StringLiterals;

namespace {

constexpr int askAgainMs = 2'000;

QString markRoot(const InstallContext &context)
{
    return context.folder().section(u'/', 0, -2);
}

} // namespace

AnswerWait::AnswerWait(InstallContext &context, int ms) : m_context(context), m_end(context.clock().nowMs() + ms) { }

Result<void> AnswerWait::again(const Error &why)
{
    if (why.kind != ErrorKind::Rejected)
        return fail(why);
    const QString name = firstControl(m_context.plan()).name;
    if (!m_told) {
        const auto first = firstHost(m_context);
        if (!first)
            return fail(first.error());
        const auto there = m_context.runQuietly({u"test"_s, u"-s"_s, QString::fromLatin1(adminConf)}, {}, 60'000, *first);
        if (!there)
            return fail(there.error());
        if (!there->isGood())
            return fail(ErrorKind::Rejected, u"there is no cluster yet: %1 has no %2"_s.arg(name, QString::fromLatin1(adminConf)));
        m_context.say(u"the cluster does not answer, and is asked again: %1"_s.arg(why.detail));
        m_told = true;
    }
    if (m_context.clock().nowMs() >= m_end)
        return fail(
            ErrorKind::Rejected,
            u"the cluster does not answer, so nothing was changed: %1. See that the API server of %2 runs, and repeat"_s.arg(why.detail, name));
    return pauseFor(m_context, askAgainMs) ? Result<void>() : fail(ErrorKind::Cancelled, {});
}

QString markOf(const InstallPlan &plan, const PlanHost &host)
{
    return QStringList{host.name, plan.cluster, apiEndpoint(plan)}.join(u' ');
}

Result<void> markBegun(InstallContext &context)
{
    return noteOnce(context, u"cluster-begun"_s, markOf(context.plan(), context.target()).toUtf8() + '\n');
}

Result<QStringList> marksOn(InstallContext &context)
{
    static const QByteArray script = R"sh(for mark in "$1"/*/cluster-begun; do
  if [ -e "$mark" ]; then echo "mark $(head -n 1 "$mark")"; fi
done
exit 0)sh";
    const auto found = facts(context, script, {markRoot(context)});
    return found ? Result<QStringList>(QStringList(found->values(u"mark"_s))) : fail(found.error());
}

Result<void> clearMarks(InstallContext &context)
{
    static const QByteArray script = R"sh(for name in cluster-begun join-begun join.lock network-checked kubeconfig-kept; do
  rm -f -- "$1"/*/"$name"
done)sh";
    const auto done = ask(context, script, {markRoot(context)});
    return done ? Result<void>() : fail(done.error());
}

} // namespace kboss::steps
