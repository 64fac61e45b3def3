#include "ui/segments.h"

#include "ui/widgets.h"

#include <QButtonGroup>
#include <QHBoxLayout>

namespace kboss {

Segments::Segments(QWidget *parent) : QWidget(parent), m_group(new QButtonGroup(this))
{
    m_group->setExclusive(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    connect(m_group, &QButtonGroup::idClicked, this, [this](int at) { Q_EMIT chosen(m_ids.at(at)); });
}

void Segments::setChoices(const QStringList &ids, const QStringList &texts)
{
    for (qsizetype i = m_ids.size(); i < ids.size(); ++i) {
        m_ids << ids.at(i);
        QPushButton *button = makeButton({}, "segment", this);
        button->setCheckable(true);
        button->setObjectName(QStringLiteral("segment-") + ids.at(i));
        button->setProperty("place", i == 0 ? QStringLiteral("first") : i + 1 == ids.size() ? QStringLiteral("last") : QStringLiteral("middle"));
        m_group->addButton(button, static_cast<int>(i));
        layout()->addWidget(button);
    }
    for (qsizetype i = 0; i < texts.size(); ++i)
        m_group->button(static_cast<int>(i))->setText(texts.at(i));
    if (m_group->checkedId() < 0 && !m_ids.isEmpty())
        m_group->button(0)->setChecked(true);
}

QString Segments::choice() const
{
    return m_ids.value(m_group->checkedId());
}

void Segments::choose(const QString &id)
{
    if (QAbstractButton *button = m_group->button(static_cast<int>(m_ids.indexOf(id))))
        button->setChecked(true);
}

} // namespace kboss
