#pragma once

#include <QObject>
#include <QStringList>
#include <functional>

class QWidget;

namespace kboss {

struct Question {
    QString title;
    QString text; // plain text: what, to what, what follows
    QStringList details; // lines shown below ("字段: 前 → 后")
    QString acceptText; // "删除 3 个节点"
    bool dangerous = false;
    QString nameToType; // not empty: accept stays off until this was typed
    QString input; // "text", "password", "file-open", "file-save", "folder" or empty
    QString inputValue; // start value; for files the proposed path
    QString inputFilter; // "CSV (*.csv)"
};

struct Answer {
    bool accepted = false;
    QString input;
};

// The one door to questions. Tests replace it (FakePrompt). Never blocks: the answer comes to the handler, which does not run when `parent` died.
class Prompt : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    virtual void ask(QWidget *parent, const Question &question, std::function<void(const Answer &)> handler) = 0;
};

} // namespace kboss
