#include "ui/environment.h"

#include <QCoreApplication>
#include <QPainter>

namespace kboss {

namespace {
struct EnvironmentWords {
    Q_DECLARE_TR_FUNCTIONS(kboss::Environment)
};
} // namespace

Tone environmentTone(const QString &color)
{
    if (color == QLatin1String("bad"))
        return Tone::Bad;
    if (color == QLatin1String("warn"))
        return Tone::Warn;
    if (color == QLatin1String("good"))
        return Tone::Good;
    if (color == QLatin1String("info"))
        return Tone::Info;
    return Tone::Off;
}

QString environmentWord(const QString &color)
{
    switch (environmentTone(color)) {
    case Tone::Bad:
        return EnvironmentWords::tr("Production");
    case Tone::Warn:
        return EnvironmentWords::tr("Staging");
    case Tone::Good:
        return EnvironmentWords::tr("Test");
    case Tone::Info:
        return EnvironmentWords::tr("Development");
    default:
        return EnvironmentWords::tr("Local");
    }
}

Environment environmentOf(const Profile *profile)
{
    if (!profile)
        return {Tone::None, EnvironmentWords::tr("Not connected")};
    return {environmentTone(profile->color), environmentWord(profile->color) + QStringLiteral(" · ") + profile->name};
}

EnvironmentLine::EnvironmentLine(Theme *theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setFixedHeight(theme->size("environment-line"));
    connect(theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void EnvironmentLine::setEnvironment(const Environment &environment)
{
    m_environment = environment;
    update();
}

void EnvironmentLine::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), m_environment.tone == Tone::None ? m_theme->color("line") : m_theme->toneColor(m_environment.tone));
}

} // namespace kboss
