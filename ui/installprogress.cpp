#include "ui/installprogress.h"

#include "models/installwords.h"
#include "ui/installlegend.h"
#include "ui/widgets.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QVBoxLayout>

namespace kboss {

using namespace Qt::StringLiterals;

InstallProgressHead::InstallProgressHead(Theme *theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_percent(makeLabel({}, "figure", this)), m_times(makeLabel({}, "", this)),
      m_hint(makeLabel({}, "label", this)), m_bar(new QProgressBar(this)),
      m_legend(new InstallLegend(theme, {CellShape::Passed, CellShape::Running, CellShape::Failed, CellShape::Waiting, CellShape::SetAside}, this))
{
    m_bar->setTextVisible(false);
    m_bar->setMaximum(1000);
    m_hint->setWordWrap(true);
    m_percent->setFont(theme->figureFont(TextSize::Figure, true));
    auto *row = new QHBoxLayout;
    row->setSpacing(theme->size("space-4"));
    row->addWidget(m_percent);
    row->addWidget(m_times, 1);
    row->addWidget(m_legend);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(theme->size("space-4"), 0, theme->size("space-4"), theme->size("space-2"));
    column->setSpacing(theme->size("space-2"));
    column->addLayout(row);
    column->addWidget(m_bar);
    column->addWidget(m_hint);
}

QString InstallProgressHead::percentText() const
{
    return m_percent->text();
}

void InstallProgressHead::setHint(const QString &text)
{
    m_hint->setText(text);
    m_hint->setVisible(!text.isEmpty());
}

void InstallProgressHead::show(int permille, qint64 elapsedMs, qint64 leftMs, qint64 nowMs, bool running, const InstallCounts &counts)
{
    m_percent->setText(tr("%1 %").arg(permille / 10));
    m_bar->setValue(permille);
    m_bar->setAccessibleName(tr("Progress by usual times: %1 %").arg(permille / 10));
    QStringList times{tr("took %1 so far").arg(tookText(elapsedMs))};
    if (!running)
        times = {tr("took %1").arg(tookText(elapsedMs))};
    if (running && leftMs >= 0) {
        times << tr("%1 left").arg(aboutText(leftMs))
              << tr("done at about %1").arg(QDateTime::fromMSecsSinceEpoch(nowMs + leftMs).toString(u"HH:mm"_s)) << tr("by usual times");
    }
    m_times->setText(times.join(u" · "_s));
    m_legend->setCounts({counts.done, counts.running, counts.failed, counts.waiting, counts.setAside});
}

} // namespace kboss
