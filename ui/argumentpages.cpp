#include "ui/argumentpages.h"

#include "ui/clusterpage.h"
#include "ui/installpage.h"
#include "ui/podeditorpage.h"
#include "ui/quotepage.h"

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

Page *makeQuote(const AppContext &context, const QStringList &arguments, QWidget *parent)
{
    return context.session ? new QuotePage(arguments.first(), context, parent) : nullptr;
}

Page *makeCluster(const AppContext &context, const QStringList &arguments, QWidget *parent)
{
    return context.session ? new ClusterPage(arguments[0], arguments[1], context, parent) : nullptr;
}

Page *makePodEditor(const AppContext &context, const QStringList &arguments, QWidget *parent)
{
    return context.session ? new PodEditorPage({arguments[0], arguments[1], arguments[2], false}, context, parent) : nullptr;
}

Page *makePodCopy(const AppContext &context, const QStringList &arguments, QWidget *parent)
{
    return context.session ? new PodEditorPage({arguments[0], arguments[1], arguments[2], true}, context, parent) : nullptr;
}

Page *makeInstall(const AppContext &context, const QStringList &arguments, QWidget *parent)
{
    return context.session ? new InstallPage(arguments.first(), context, parent) : nullptr;
}

} // namespace

std::vector<ArgumentPage> consoleArgumentPages()
{
    return {{u"cluster"_s, 2, u"compute-cluster"_s, {}, makeCluster},
            {u"install"_s, 1, u"installs"_s, {u"trust"_s, u"checks"_s, u"plan"_s, u"install"_s, u"done"_s}, makeInstall},
            {u"pod-config-copy"_s, 3, u"pod-config"_s, {}, makePodCopy},
            {u"pod-config-editor"_s, 3, u"pod-config"_s, {u"changed"_s, u"trouble"_s}, makePodEditor},
            {u"quote"_s, 1, u"quotes"_s, {u"trouble"_s, u"instance"_s}, makeQuote}};
}

} // namespace kboss
