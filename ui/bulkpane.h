#pragma once

#include "models/writeplanner.h"
#include "ui/datatable.h"

#include <QAbstractTableModel>
#include <QWidget>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QTableView;

namespace kboss {

class BulkRun;
class FieldEditor;
class PercentBox;
class ResourceFeed;
class WriteController;

// The rows of a bulk edit: what each would become, why one cannot, and what became of it.
class BulkModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum class Fate { Waiting, Unchanged, Refused, Sent, Done, Failed };
    struct Line {
        Row row;
        QString name, before, after, words;
        Fate fate = Fate::Waiting;
    };
    using QAbstractTableModel::QAbstractTableModel;

    std::vector<Line> lines;
    void reset(std::vector<Line> newLines);
    void setFate(int line, Fate fate, const QString &words);
    int count(Fate fate) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
};

// One field set to one value, or raised or lowered by percent where the view says so, over rows frozen by key: preview, run, a result per row, retry of the failed ones. GUI thread.
class BulkPane : public QWidget {
    Q_OBJECT
public:
    BulkPane(WriteController *writer, QWidget *parent);

    static constexpr qint64 mostRows = 2'000;
    void open(std::vector<Row> rows, qint64 chosen); // the frozen rows; `chosen` when more were selected than are taken
    bool isRunning() const { return m_run != nullptr; }
    BulkModel *model() const { return m_model; }
    void setField(const QString &name);
    void setValue(const QString &text);
    void setByPercent(bool percent); // where the field can be
    bool isByPercent() const { return m_percent != nullptr; }
    PercentBox *percentBox() const { return m_percent; } // null unless by percent
    void setPercent(const QString &text);
    QString fault() const;
    void start();
    void retryFailed();
    void stop();

Q_SIGNALS:
    void left();
    void finished();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void onField();
    void onKind();
    void makeEditor(const FormField &chosen);
    void preview();
    BulkModel::Line previewLine(const Row &row, const FormField &chosen, WritePlan *plan) const;
    Result<QString> wanted(const Row &row, const FormField &chosen, QString &words) const; // what the row's field is to be, as it would be typed
    QString shown(const Value &value, const ColumnSpec &column) const;
    bool isTyped(const FormField &chosen) const;
    void fitColumns();
    void follow(BulkRun *run, std::vector<int> lines);
    void updateState();
    const FormField *field() const;
    FormInput inputOf(const Row &row, const FormField &changed, const QString &text) const;
    QString currencyOf(const Row &row) const;

    WriteController *m_writer;
    ResourceFeed *m_feed;
    const Action *m_action = nullptr;
    std::vector<FormField> m_fields;
    std::vector<Row> m_rows;
    std::vector<WritePlan> m_plans; // of the lines in m_planned
    std::vector<int> m_planned;
    std::vector<WritePlan> m_failedPlans;
    std::vector<int> m_failedLines;
    BulkRun *m_run = nullptr;
    BulkModel *m_model;
    QLabel *m_count;
    QComboBox *m_field;
    QComboBox *m_kind; // hidden where the field can only be set
    QWidget *m_editorPlace;
    FieldEditor *m_editor = nullptr; // one of the two
    PercentBox *m_percent = nullptr;
    QLabel *m_fault;
    QTableView *m_table;
    QProgressBar *m_progress;
    QLabel *m_summary;
    QPushButton *m_start;
    QPushButton *m_retry;
    QPushButton *m_stop;
    QPushButton *m_close;
    QTimer m_later;
};

} // namespace kboss
