#include "ui/stateoverlay.h"

#include "ui/widgets.h"

#include <QEvent>
#include <QVBoxLayout>

namespace kboss {

using namespace Qt::StringLiterals;

StateOverlay::StateOverlay(QWidget *table)
    : QWidget(table), m_heading(makeLabel({}, "heading", this)), m_text(makeLabel({}, "hint", this)), m_button(makeButton({}, "", this))
{
    setObjectName(u"stateOverlay"_s);
    m_button->setObjectName(u"overlayButton"_s);
    m_text->setWordWrap(true);
    m_text->setMaximumWidth(460);
    m_text->setMinimumWidth(320);
    m_heading->setAlignment(Qt::AlignHCenter);
    m_text->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(8);
    column->addStretch(2);
    column->addWidget(m_heading, 0, Qt::AlignHCenter);
    column->addWidget(m_text, 0, Qt::AlignHCenter);
    column->addWidget(m_button, 0, Qt::AlignHCenter);
    column->addStretch(3);
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (const auto action = m_action)
            action();
    });
    table->installEventFilter(this);
    hide();
}

void StateOverlay::say(const QString &heading, const QString &text, const QString &buttonText, std::function<void()> button)
{
    m_heading->setText(heading);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    m_button->setText(buttonText);
    m_button->setVisible(!buttonText.isEmpty());
    m_action = std::move(button);
    setGeometry(parentWidget()->rect());
    show();
    raise();
}

void StateOverlay::moveTo(QWidget *table)
{
    const bool shown = !isHidden();
    parentWidget()->removeEventFilter(this);
    setParent(table);
    table->installEventFilter(this);
    setGeometry(table->rect());
    if (shown) {
        show();
        raise();
    }
}

void StateOverlay::clear()
{
    m_action = {};
    hide();
}

QString StateOverlay::heading() const
{
    return isHidden() ? QString() : m_heading->text();
}

bool StateOverlay::eventFilter(QObject *object, QEvent *event)
{
    if (object == parentWidget() && event->type() == QEvent::Resize)
        setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(object, event);
}

} // namespace kboss
