#include "app/cluster/crosshost.h"
#include "app/cluster/hostfix.h"
#include "tests/app/cluster/samplefacts.h"
#include "tests/fuzz/require.h"

#include <cstdint>

using namespace kboss;

namespace {

// Whatever a host says, it is text without escapes that is judged and never a crash; and what is mended for it is still good for its name.
void judgeAll(const HostFacts &facts)
{
    static const InstallPlan plan = test::samplePlan();
    static const SystemClock clock;
    for (const QString &text : facts.text)
        FUZZ_REQUIRE(!text.contains(QChar(0x1b)) && !text.contains(QChar(0)));
    auto results = judgeFacts(plan, plan.hosts[0], facts);
    const std::vector<HostToCheck> hosts{{&plan.hosts[0], &facts, nullptr}, {&plan.hosts[1], nullptr, nullptr}};
    for (CheckResult &one : judgeAcross(plan, hosts))
        results.push_back(std::move(one));
    for (const CheckResult &one : results) {
        FUZZ_REQUIRE(!one.name.isEmpty() && !one.host.isEmpty() && one.measured.size() <= 300);
        if (const auto fix = planFix(plan, plan.hosts[0], facts, one, clock))
            FUZZ_REQUIRE(!fix->script.isEmpty() && !fix->script.contains('\0') && !fix->changes.empty());
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray input(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    if (const auto facts = parseFacts(input, "m"))
        judgeAll(*facts);
    // As the content of one section among good ones: its name, a line's end, the rest.
    const qsizetype end = input.indexOf('\n');
    const QString section = QString::fromLatin1(input.left(end));
    auto user = test::bareSections(), root = test::bareRootSections();
    if (user.contains(section))
        user[section] = input.mid(end + 1);
    if (root.contains(section))
        root[section] = input.mid(end + 1);
    auto facts = parseFacts(test::answerOf(user), "m");
    FUZZ_REQUIRE(facts.has_value() || input.size() > 60'000);
    if (facts && addRootFacts(*facts, test::answerOf(root), "m"))
        judgeAll(*facts);
    (void)readPreflight(input, input, 1);
    return 0;
}
