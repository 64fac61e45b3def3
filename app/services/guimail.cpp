#include "app/services/guimail.h"

#include <utility>

namespace kboss {

bool GuiMail::Sender::post(Work work) const
{
    const std::lock_guard lock(m_state->mutex);
    if (!m_state->target)
        return false;
    m_state->waiting.push_back(std::move(work));
    if (!std::exchange(m_state->told, true))
        QMetaObject::invokeMethod(&m_state->target->m_timer, qOverload<>(&QTimer::start), Qt::QueuedConnection);
    return true;
}

GuiMail::GuiMail(int waitMs, QObject *parent) : QObject(parent)
{
    m_sender.m_state = std::make_shared<Sender::State>();
    m_sender.m_state->target = this;
    m_timer.setSingleShot(true);
    m_timer.setInterval(waitMs);
    connect(&m_timer, &QTimer::timeout, this, &GuiMail::drain);
}

GuiMail::~GuiMail()
{
    std::vector<Work> dropped; // ends outside the lock: what it holds may post
    const std::lock_guard lock(m_sender.m_state->mutex);
    m_sender.m_state->target = nullptr;
    dropped.swap(m_sender.m_state->waiting);
}

void GuiMail::drain()
{
    const auto state = m_sender.m_state; // a piece of work may end this
    std::vector<Work> works;
    {
        const std::lock_guard lock(state->mutex);
        works.swap(state->waiting);
        state->told = false;
    }
    for (Work &work : works) {
        {
            const std::lock_guard lock(state->mutex);
            if (!state->target)
                return;
        }
        std::exchange(work, nullptr)();
    }
}

} // namespace kboss
