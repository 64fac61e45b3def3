#include "ui/pagehead.h"

#include "ui/widgets.h"

#include <QHBoxLayout>

namespace kboss {

PageHead::PageHead(Theme *theme, QWidget *parent)
    : QWidget(parent), m_title(makeLabel({}, "title", this)), m_note(makeLabel({}, "label", this)), m_layout(new QHBoxLayout(this))
{
    setFixedHeight(theme->size("title-line"));
    m_layout->setContentsMargins(theme->size("space-4"), 0, theme->size("space-4"), 0);
    m_layout->setSpacing(theme->size("space-3"));
    m_layout->addWidget(m_title);
    m_layout->addWidget(m_note);
    m_layout->addStretch();
}

void PageHead::setTitle(const QString &title)
{
    m_title->setText(title);
}
void PageHead::setNote(const QString &note)
{
    m_note->setText(note);
}
void PageHead::addButton(QWidget *button)
{
    m_layout->addWidget(button);
}

} // namespace kboss
