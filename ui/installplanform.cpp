#include "ui/installplanform.h"

#include "app/services/installation.h"
#include "models/installwords.h"
#include "models/rowcells.h"
#include "ui/errortext.h"
#include "ui/installextras.h"
#include "ui/rowsfeed.h"
#include "ui/widgets.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

struct TextField {
    const char *pointer;
    QString InstallPlan::*member;
    const char *example;
};
const TextField textFields[] = {
    {"/cluster", &InstallPlan::cluster, "hz-prod-02"},
    {"/version", &InstallPlan::version, "v1.34.9"},
    {"/endpoint", &InstallPlan::endpoint, "10.20.4.10:6443"},
    {"/podRange", &InstallPlan::podRange, "10.244.0.0/16"},
    {"/serviceRange", &InstallPlan::serviceRange, "10.96.0.0/12"},
    {"/registryMirror", &InstallPlan::registryMirror, "registry.example.com/google_containers"},
    {"/packageMirror", &InstallPlan::packageMirror, "https://mirror.example.com/kubernetes"},
    {"/httpProxy", &InstallPlan::httpProxy, "http://proxy.example.com:3128"},
    {"/httpsProxy", &InstallPlan::httpsProxy, "http://proxy.example.com:3128"},
};
constexpr const char *noProxyExample = "10.0.0.0/8, .example.com";
const char *const networks[] = {"flannel", "calico", "none"};

QStringList listOf(const QString &text)
{
    QStringList parts;
    for (const QString &part : text.split(u',', Qt::SkipEmptyParts)) {
        if (!part.trimmed().isEmpty())
            parts << part.trimmed();
    }
    return parts;
}

} // namespace

InstallPlanForm::InstallPlanForm(const AppContext &context, QWidget *parent)
    : QWidget(parent), m_context(context),
      m_centers(context.resources && context.session ? new RowsFeed(*context.resources->find(u"compute-center"_s), context, this) : nullptr),
      m_center(new QComboBox(this)), m_network(new QComboBox(this)), m_addons(new InstallAddonsField(context, this)),
      m_files(new InstallFilesField(context, this))
{
    auto *grid = new QGridLayout(this);
    const Theme *theme = context.theme;
    grid->setContentsMargins(theme->size("space-4"), theme->size("space-3"), theme->size("space-4"), theme->size("space-4"));
    grid->setHorizontalSpacing(theme->size("space-3"));
    grid->setVerticalSpacing(theme->size("space-1"));
    grid->setColumnMinimumWidth(0, theme->size("form-label"));
    grid->setColumnStretch(1, 1);
    for (const TextField &field : textFields) {
        auto *edit = new QLineEdit(this);
        edit->setPlaceholderText(QLatin1String(field.example));
        connect(edit, &QLineEdit::textEdited, this, &InstallPlanForm::edited);
        add(field.pointer, edit);
        if (QLatin1String(field.pointer) == "/cluster"_L1)
            add("center", m_center);
    }
    auto *noProxy = new QLineEdit(this);
    noProxy->setPlaceholderText(QLatin1String(noProxyExample));
    connect(noProxy, &QLineEdit::textEdited, this, &InstallPlanForm::edited);
    add("/noProxy", noProxy);
    for (const char *network : networks)
        m_network->addItem(QLatin1String(network), QLatin1String(network));
    add("/networkAddon", m_network);
    add("/addons", m_addons);
    add("filesFolder", m_files);
    connect(m_addons, &InstallAddonsField::edited, this, &InstallPlanForm::edited);
    connect(m_files, &InstallFilesField::edited, this, &InstallPlanForm::edited);
    grid->setRowStretch(grid->rowCount(), 1);
    for (QComboBox *box : {m_center, m_network}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(10);
        connect(box, &QComboBox::activated, this, &InstallPlanForm::edited);
    }
    if (m_centers) {
        connect(m_centers, &RowsFeed::changed, this, &InstallPlanForm::fillCenters);
        m_centers->follow({}, nullptr);
    }
    fillCenters();
    retranslate();
}

void InstallPlanForm::add(const char *pointer, QWidget *field)
{
    auto *grid = static_cast<QGridLayout *>(layout());
    Line line{QLatin1String(pointer), makeLabel({}, "label", this), makeLabel({}, "fault", this), field};
    line.label->setBuddy(field);
    line.fault->setWordWrap(true);
    line.fault->hide();
    field->setObjectName(u"plan"_s + QLatin1String(pointer));
    const int row = grid->rowCount();
    const bool tall = field == m_addons || field == m_files;
    grid->addWidget(line.label, row, 0, tall ? Qt::AlignTop : Qt::Alignment());
    grid->addWidget(field, row, 1);
    grid->addWidget(line.fault, row + 1, 1);
    m_lines.push_back(line);
}

void InstallPlanForm::fillCenters()
{
    const QString now = m_wantedCenter.isEmpty() ? centerId() : m_wantedCenter;
    m_center->clear();
    m_center->addItem(tr("nowhere"), QString());
    for (const Row &row : m_centers ? m_centers->rows() : std::vector<Row>())
        m_center->addItem(RowCells(m_centers->type(), row).text("name"), row.key);
    if (!now.isEmpty() && m_center->findData(now) < 0)
        m_center->addItem(m_wantedName.isEmpty() ? now.left(8) : m_wantedName, now);
    m_center->setCurrentIndex(std::max(0, m_center->findData(now)));
}

QString InstallPlanForm::centerId() const
{
    return m_center->currentData().toString();
}

void InstallPlanForm::setPlan(const InstallPlan &plan, const InstallDetails &details)
{
    const auto put = [this](const char *pointer, const QString &text) {
        QLineEdit *edit = field(QLatin1String(pointer));
        if (edit->text().trimmed() != text)
            edit->setText(text);
    };
    for (const TextField &text : textFields)
        put(text.pointer, plan.*text.member);
    if (listOf(field(u"/noProxy"_s)->text()) != plan.noProxy)
        put("/noProxy", plan.noProxy.join(u", "_s));
    m_network->setCurrentIndex(std::max(0, m_network->findData(plan.networkAddon)));
    m_addons->setAddons(plan.addons);
    m_files->setFolder(details.filesFolder);
    m_wantedCenter = details.centerId;
    m_wantedName = details.centerName;
    if (centerId() != details.centerId)
        fillCenters();
}

void InstallPlanForm::fill(InstallPlan *plan, InstallDetails *details) const
{
    for (const TextField &text : textFields)
        plan->*text.member = field(QLatin1String(text.pointer))->text().trimmed();
    plan->noProxy = listOf(field(u"/noProxy"_s)->text());
    plan->networkAddon = m_network->currentData().toString();
    plan->addons = m_addons->addons();
    details->filesFolder = m_files->folder();
    details->centerId = centerId();
    details->centerName = details->centerId.isEmpty() ? QString() : m_center->currentText();
    details->registers = !details->centerId.isEmpty();
}

void InstallPlanForm::setFaults(const std::vector<PlanFault> &faults)
{
    for (const Line &line : m_lines) {
        if (line.field == m_files)
            continue; // setFiles() says
        const auto found =
            std::find_if(faults.begin(), faults.end(), [&line](const PlanFault &fault) { return fault.field.section(u'/', 0, 1) == line.pointer; });
        const QString words = found == faults.end() ? QString() : planFaultText(*found);
        setFault(line, words);
    }
}

void InstallPlanForm::setFault(const Line &line, const QString &words)
{
    line.fault->setText(words);
    line.fault->setVisible(!words.isEmpty());
    QWidget *field = line.field == m_files ? m_files->edit() : line.field;
    field->setAccessibleDescription(words);
    setRole(field, "fault", !words.isEmpty());
}

void InstallPlanForm::setFiles(const Installation &installation)
{
    m_files->setFiles(installation.files(), installation.isReadingFiles());
    QString words;
    const QStringList missing = installation.isFrozen() ? QStringList() : installation.missingFiles();
    if (installation.isReadingFiles())
        return;
    if (const Error &error = installation.filesError(); error.kind != ErrorKind::Cancelled)
        words = errorText(error, {}).reason + u' ' + error.detail;
    else if (!missing.isEmpty())
        words = installation.details().filesFolder.isEmpty() ? tr("The plan wants a folder with %1").arg(missing.join(u", "_s))
                                                             : tr("Not in the folder: %1").arg(missing.join(u", "_s));
    for (const Line &line : m_lines) {
        if (line.field == m_files)
            setFault(line, words);
    }
}

void InstallPlanForm::setFrozen(bool frozen)
{
    for (const Line &line : m_lines)
        line.field->setEnabled(!frozen);
}

QLineEdit *InstallPlanForm::field(const QString &pointer) const
{
    return findChild<QLineEdit *>(u"plan"_s + pointer);
}

QString InstallPlanForm::faultOf(const QString &pointer) const
{
    for (const Line &line : m_lines) {
        if (line.pointer == pointer)
            return line.fault->text();
    }
    return {};
}

QString InstallPlanForm::labelOf(const QString &pointer)
{
    if (pointer == "center"_L1)
        return tr("Registered in");
    if (pointer == "filesFolder"_L1)
        return tr("Files for the hosts");
    QString word = planFieldWord(pointer);
    if (!word.isEmpty())
        word[0] = word[0].toUpper();
    return word;
}

void InstallPlanForm::retranslate()
{
    for (const Line &line : m_lines) {
        line.label->setText(labelOf(line.pointer));
        line.field->setAccessibleName(line.label->text());
    }
    m_addons->retranslate();
    m_files->retranslate();
    m_network->setItemText(1, tr("calico: with calico.yaml among the files"));
    m_network->setItemText(2, tr("none: somebody else installs one"));
    m_center->setItemText(0, tr("nowhere"));
}

} // namespace kboss
