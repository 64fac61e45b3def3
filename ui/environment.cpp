#include "ui/environment.h"

#include <QCoreApplication>
#include <QPainter>

namespace kboss {

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
    const auto tr = [](const char *text) { return QCoreApplication::translate("kboss::Environment", text); };
    switch (environmentTone(color)) {
    case Tone::Bad:
        return tr(QT_TRANSLATE_NOOP("kboss::Environment", "Production"));
    case Tone::Warn:
        return tr(QT_TRANSLATE_NOOP("kboss::Environment", "Staging"));
    case Tone::Good:
        return tr(QT_TRANSLATE_NOOP("kboss::Environment", "Test"));
    case Tone::Info:
        return tr(QT_TRANSLATE_NOOP("kboss::Environment", "Development"));
    default:
        return tr(QT_TRANSLATE_NOOP("kboss::Environment", "Local"));
    }
}

Environment environmentOf(const Profile *profile)
{
    if (!profile)
        return {Tone::None, QCoreApplication::translate("kboss::Environment", "Not connected")};
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
