#pragma once

#include "models/installstepsmodel.h"
#include "ui/appcontext.h"

#include <QWidget>

class QLabel;
class QProgressBar;

namespace kboss {

class InstallLegend;

// How far an installation is: percent by usual times, how long it ran and how long it will, what is done and what is not. GUI thread.
class InstallProgressHead : public QWidget {
    Q_OBJECT
public:
    InstallProgressHead(Theme *theme, QWidget *parent);
    void show(int permille, qint64 elapsedMs, qint64 leftMs, qint64 nowMs, bool running, const InstallCounts &counts);
    void setHint(const QString &text); // one line under it
    QString percentText() const;

private:
    Theme *m_theme;
    QLabel *m_percent, *m_times, *m_hint;
    QProgressBar *m_bar;
    InstallLegend *m_legend;
};

} // namespace kboss
