#include "app/services/installquestions.h"

namespace kboss {

InstallQuestions::InstallQuestions(const Clock &clock, int patienceMs, QObject *parent)
    : QObject(parent), m_clock(clock), m_patienceMs(patienceMs) { }

InstallQuestions::~InstallQuestions() = default;

std::optional<QByteArray> InstallQuestions::ask(HostQuestion question, const CancelToken &token)
{
    std::unique_lock lock(m_mutex);
    if (m_isClosed)
        return std::nullopt;
    const quint64 id = question.id = ++m_last;
    question.untilMs = m_clock.nowMs() + m_patienceMs;
    m_waiting[id].question = std::move(question);
    m_mail.sender().post([this] { refresh(); });
    m_changed.wait_for(lock, token, std::chrono::milliseconds(m_patienceMs), [this, id] { return m_isClosed || m_waiting[id].isOver; });
    auto ended = m_waiting.extract(id);
    m_mail.sender().post([this] { refresh(); });
    return std::move(ended.mapped().answer);
}

void InstallQuestions::end(quint64 question, std::optional<QByteArray> answer)
{
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_waiting.find(question);
        if (found == m_waiting.end())
            return;
        found->second.isOver = true;
        found->second.answer = std::move(answer);
        m_changed.notify_all();
    }
    refresh();
}

void InstallQuestions::answer(quint64 question, const QString &text)
{
    end(question, text.toUtf8());
}

void InstallQuestions::giveUp(quint64 question)
{
    end(question, std::nullopt);
}

void InstallQuestions::close()
{
    const std::lock_guard lock(m_mutex);
    m_isClosed = true;
    m_changed.notify_all();
}

void InstallQuestions::refresh()
{
    std::vector<HostQuestion> open;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &[id, waiting] : m_waiting) {
            if (!waiting.isOver)
                open.push_back(waiting.question);
        }
    }
    if (open == m_open)
        return;
    m_open = std::move(open);
    Q_EMIT changed();
}

} // namespace kboss
