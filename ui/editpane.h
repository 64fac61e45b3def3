#pragma once

#include "ui/editform.h"
#include "ui/resourcefeed.h"

#include <functional>

class QPushButton;

class QScrollArea;
class QVBoxLayout;
class QLabel;

namespace kboss {

class ChangeList;
class WriteController;

// One action's form with what will be sent and its buttons. Enter saves, Esc leaves and asks when something would be lost. GUI thread.
class EditPane : public QWidget {
    Q_OBJECT
public:
    EditPane(WriteController *writer, QWidget *parent);

    // For special pages, before open(): the form's shape, made anew with each form; whether what will be sent is listed here.
    void setShape(std::function<FormShape()> shape);
    void setChangesShown(bool shown);
    void open(const Action &action, const Row &row, const FormInput &begin = {}); // an empty row for a create; what it begins with besides
    void rowChanged(const Row &row); // the same row has other values now: the form follows where nothing was typed
    bool isOpen() const { return m_form != nullptr; }
    bool hasUnsaved() const { return m_form && !m_busy && m_form->hasChanges(); }
    EditForm *form() const { return m_form; }
    ChangeList *changes() const { return m_changes; }
    const Row &row() const { return m_row; }
    QString actionId() const { return m_action ? m_action->id : QString(); }
    void save();
    void discard(); // back to the values of the row
    void close();
    void askLeave(std::function<void()> then); // at once when nothing would be lost
    void updateState();

Q_SIGNALS:
    void left(); // Esc or the button
    void saved(const QString &key);
    void unsavedChanged();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void buildForm();
    void fillChanges();
    void onSaved(const Result<ActionOutcome> &outcome);
    void showRefusal(const Error &error);
    FormInput inputOf(const Row &row) const;
    QString currencyOf(const Row &row) const;
    bool isCreate() const { return m_action && !m_action->needsRow; }
    bool isMaking() const; // also what is made from a row: the button says so, and all of it is listed

    WriteController *m_writer;
    ResourceFeed *m_feed;
    const Action *m_action = nullptr;
    Row m_row;
    FormInput m_begin;
    std::function<FormShape()> m_shape;
    bool m_changesShown = true;
    EditForm *m_form = nullptr;
    QScrollArea *m_scroll;
    QVBoxLayout *m_body;
    QLabel *m_changesTitle;
    ChangeList *m_changes;
    QLabel *m_note;
    QLabel *m_conflict;
    QPushButton *m_save;
    QPushButton *m_discard;
    QLabel *m_why;
    QLabel *m_keys;
    bool m_busy = false;
};

} // namespace kboss
