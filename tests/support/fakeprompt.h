#pragma once

#include "ui/prompt.h"

#include <QPointer>
#include <QWidget>
#include <vector>

namespace kboss {

// Answers questions from a list, in order, at the next turn of the event loop as the real one would; keeps what was asked. Without an answer
// left it declines.
class FakePrompt : public Prompt {
public:
    using Prompt::Prompt;

    void willAnswer(bool accepted, const QString &input = {}) { m_answers.push_back({accepted, input}); }
    const std::vector<Question> &asked() const { return m_asked; }

    void ask(QWidget *parent, const Question &question, std::function<void(const Answer &)> handler) override
    {
        m_asked.push_back(question);
        Answer answer;
        if (!m_answers.empty()) {
            answer = m_answers.front();
            m_answers.erase(m_answers.begin());
        }
        QObject *context = parent ? static_cast<QObject *>(parent) : this;
        QMetaObject::invokeMethod(
            context, [handler = std::move(handler), answer] { handler(answer); }, Qt::QueuedConnection);
    }

private:
    std::vector<Question> m_asked;
    std::vector<Answer> m_answers;
};

} // namespace kboss
