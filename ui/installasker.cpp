#include "ui/installasker.h"

#include "app/services/installdesk.h"
#include "ui/prompt.h"

#include <QApplication>
#include <QDateTime>
#include <QWidget>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

QWidget *windowInFront()
{
    if (QWidget *active = QApplication::activeWindow())
        return active;
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (widget->isVisible() && widget->isWindow() && widget->windowType() == Qt::Window)
            return widget;
    }
    return nullptr;
}

} // namespace

InstallAsker::InstallAsker(const AppContext &context, InstallDesk *desk) : QObject(desk), m_context(context), m_desk(desk)
{
    connect(desk, &InstallDesk::questionsChanged, this, &InstallAsker::show);
    show();
}

InstallAsker::~InstallAsker()
{
    delete m_asker;
}

void InstallAsker::show()
{
    const auto &all = m_desk->questions();
    const auto isShown = [this](const HostQuestion &question) { return question.id == m_shown; };
    if (m_shown != 0 && std::any_of(all.begin(), all.end(), isShown))
        return;
    m_shown = 0;
    if (m_asker)
        m_asker->deleteLater(); // never from within its dialog
    m_asker.clear();
    if (!all.empty())
        ask(all.front());
}

void InstallAsker::ask(const HostQuestion &asked)
{
    m_shown = asked.id;
    Question question;
    question.title = tr("%1 asks during the sign-in").arg(asked.host);
    QStringList lines;
    for (const QString &text : {asked.title, asked.text, asked.prompt}) {
        if (!text.trimmed().isEmpty())
            lines << text.trimmed();
    }
    lines << tr("To %1. What is typed goes to this host alone and is kept nowhere.").arg(asked.address);
    if (asked.untilMs > 0)
        lines << tr("The host waits until %1.").arg(QDateTime::fromMSecsSinceEpoch(asked.untilMs).toString(u"HH:mm:ss"_s));
    question.text = lines.join(u'\n');
    question.input = asked.echo ? u"text"_s : u"password"_s;
    question.acceptText = tr("Send the answer");
    QWidget *window = windowInFront();
    m_asker = new QWidget(window); // never shown
    m_asker->hide();
    m_context.prompt->ask(m_asker, question, [this, id = asked.id](const Answer &answer) {
        if (answer.accepted)
            m_desk->answer(id, answer.input);
        else
            m_desk->giveUp(id);
    });
}

} // namespace kboss
