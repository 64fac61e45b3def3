#pragma once

#include "app/services/installvalues.h"
#include "ui/appcontext.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;

namespace kboss {

class InstallAddonsField;
class InstallFilesField;
class Installation;
class RowsFeed;

// What a plan says besides its hosts: a line each, with what is wrong under the very field while it is typed. GUI thread.
class InstallPlanForm : public QWidget {
    Q_OBJECT
public:
    InstallPlanForm(const AppContext &context, QWidget *parent);

    void setPlan(const InstallPlan &plan, const InstallDetails &details); // fields that are being typed in keep their text where it says the same
    void setFaults(const std::vector<PlanFault> &faults);
    void setFiles(const Installation &installation); // what its folder has, and what the plan wants besides
    void setFrozen(bool frozen);
    void fill(InstallPlan *plan, InstallDetails *details) const; // what stands in the fields
    void retranslate();
    QLineEdit *field(const QString &pointer) const; // "/cluster"
    QString faultOf(const QString &pointer) const; // as it stands under the field
    QString centerId() const;
    InstallAddonsField *addons() const { return m_addons; }
    InstallFilesField *files() const { return m_files; }

Q_SIGNALS:
    void edited();

private:
    struct Line {
        QString pointer;
        QLabel *label = nullptr, *fault = nullptr;
        QWidget *field = nullptr;
    };
    void add(const char *pointer, QWidget *field);
    void fillCenters();
    void setFault(const Line &line, const QString &words);
    static QString labelOf(const QString &pointer);

    AppContext m_context;
    RowsFeed *m_centers;
    QComboBox *m_center, *m_network;
    InstallAddonsField *m_addons;
    InstallFilesField *m_files;
    std::vector<Line> m_lines;
    QString m_wantedCenter, m_wantedName;
};

} // namespace kboss
