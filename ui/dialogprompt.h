#pragma once

#include "ui/prompt.h"

namespace kboss {

class Theme;

// The Prompt people see: a window-modal dialog that opens and answers later; file questions go to the system's file dialog.
class DialogPrompt : public Prompt {
    Q_OBJECT
public:
    explicit DialogPrompt(Theme *theme, QObject *parent = nullptr);
    void ask(QWidget *parent, const Question &question, std::function<void(const Answer &)> handler) override;

private:
    void askForFile(QWidget *parent, const Question &question, std::function<void(const Answer &)> handler);
    Theme *m_theme;
};

} // namespace kboss
