#pragma once

#include "app/services/profiles.h"
#include "ui/theme.h"

#include <QWidget>

namespace kboss {

// Where one is working, as a color and words: "生产 · 华北主平台".
struct Environment {
    Tone tone = Tone::None; // None = not connected anywhere
    QString text;
};
Environment environmentOf(const Profile *profile);
QString environmentWord(const QString &profileColor); // "Production" …
Tone environmentTone(const QString &profileColor);

// The line at the top of every window.
class EnvironmentLine : public QWidget {
    Q_OBJECT
public:
    explicit EnvironmentLine(Theme *theme, QWidget *parent = nullptr);
    void setEnvironment(const Environment &environment);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Theme *m_theme;
    Environment m_environment;
};

} // namespace kboss
