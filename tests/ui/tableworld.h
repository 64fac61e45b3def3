#pragma once

#include "tests/models/fakerowsource.h"
#include "tests/models/thingtype.h"
#include "tests/support/fakeclock.h"
#include "ui/datatable.h"

#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>

namespace kboss {

using namespace Qt::StringLiterals;

// A shown table of 900 rows, opened and laid out when it is made. Lives in a test function.
struct TableWorld {
    TableWorld() : source(std::make_shared<FakeRowSource>(900)), model(*type, clock, QTimeZone::utc()), table((load(theme), &model), theme)
    {
        table.resize(700, 500);
        table.show();
        QSignalSpy opened(&model, &ResourceModel::opened);
        model.setSource(source);
        QTRY_COMPARE(opened.size(), 1);
        QTRY_VERIFY(bar()->maximum() > 800 * height());
    }
    ~TableWorld() { QThreadPool::globalInstance()->waitForDone(); }
    static void load(Theme &theme)
    {
        if (!theme.load(qEnvironmentVariable("KBOSS_SOURCE_DIR") + u"/resources/themes/tokens.json"_s))
            qFatal("no theme");
    }
    void reload()
    {
        QSignalSpy opened(&model, &ResourceModel::opened);
        model.reload();
        QTRY_COMPARE(opened.size(), 1);
    }
    QScrollBar *bar() const { return table.verticalScrollBar(); }
    int height() const { return table.verticalHeader()->defaultSectionSize(); }
    QString topKey() { return table.indexAt(QPoint(5, 0)).data(ResourceModel::KeyRole).toString(); }

    FakeClock clock;
    std::shared_ptr<const ResourceType> type = thingType();
    std::shared_ptr<FakeRowSource> source;
    Theme theme;
    ResourceModel model;
    DataTable table;
};

} // namespace kboss
