// The floor of goals 1 and 2: a bare main window with menu, tool bar and an empty table. Writes one trace line when it is painted, then stays.
#include "ui/tracelog.h"

#include <QApplication>
#include <QMainWindow>
#include <QMenuBar>
#include <QPaintEvent>
#include <QTimer>
#include <QToolBar>

namespace {

class BareWindow : public QMainWindow {
public:
    explicit BareWindow(kboss::TraceLog &trace) : m_trace(trace)
    {
        menuBar()->addMenu(QStringLiteral("File"))->addAction(QStringLiteral("Quit"));
        addToolBar(QStringLiteral("Tools"))->addAction(QStringLiteral("Refresh"));
        resize(1600, 1000);
    }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        QMainWindow::paintEvent(event);
        if (!m_painted)
            QTimer::singleShot(0, this, [this] { m_trace.write("window-shown"); });
        m_painted = true;
    }

private:
    kboss::TraceLog &m_trace;
    bool m_painted = false;
};

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    kboss::TraceLog trace(QString::fromLocal8Bit(argc > 1 ? argv[1] : ""));
    BareWindow window(trace);
    window.show();
    return QApplication::exec();
}
