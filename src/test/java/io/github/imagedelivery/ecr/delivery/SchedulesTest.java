package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.delivery.Pusher.Job;
import io.github.imagedelivery.ecr.delivery.RegistryModel.Rules;
import io.github.imagedelivery.ecr.local.PairDeletion;
import java.util.*;
import org.junit.jupiter.api.Test;

class SchedulesTest {
    static final List<Set<Name>> MUT = List.of(Set.of(), Set.of(Name.SHA1, Name.SHA2, Name.V1, Name.V2), Set.of(Name.SHA1, Name.SHA2), Set.of(Name.V1, Name.V2));

    static List<RegistryModel> starts() {
        List<RegistryModel> r = new ArrayList<>();
        for (int s = 0; s < 3; s++) for (int v = 0; v < 3; v++) for (int k = 0; k < 2; k++) {
            RegistryModel m = RegistryModel.EMPTY;
            if (s > 0) m = m.with(Name.SHA1, s == 1 ? Content.D : Content.O);
            if (v > 0) m = m.with(Name.V1, v == 1 ? Content.D : Content.O);
            if (k > 0) m = m.with(Name.PROD, Content.D);
            r.add(m);
        }
        return r;
    }

    static void print(String what, Findings f, long t) {
        System.out.println("## " + what + " runs " + f.runs() + " states " + f.states() + " steps " + f.steps() + " ends " + f.ends() + " ms " + (System.currentTimeMillis() - t));
        f.broken().forEach((i, n) -> { System.out.println("  " + i.title() + " " + n); f.shortest(i).forEach(l -> System.out.println("      " + l)); });
    }

    @Test
    void prototype() {
        for (Mutation mu : System.getProperty("mu") == null ? List.of(Mutation.NONE) : List.of(Mutation.values())) {
        for (PairDeletion del : PairDeletion.values()) for (boolean go : new boolean[] {true, false}) for (int b = 1; b <= 2; b++) {
            Findings f = new Findings(); long t = System.currentTimeMillis();
            for (Set<Name> imm : MUT) { Pusher p = new Pusher(new Job(Name.SHA1, Name.V1, Content.D), imm, mu);
                for (RegistryModel s : starts()) Schedules.explore(new Rules(imm, del, go), s, List.of(p), b, f); }
            print(mu + " alone " + del + " " + go + " " + b, f, t);
        }
        List<List<Job>> races = List.of(
            List.of(new Job(Name.SHA1, Name.V1, Content.D), new Job(Name.SHA1, Name.V1, Content.D)),
            List.of(new Job(Name.SHA1, Name.V1, Content.D), new Job(Name.SHA1, Name.V2, Content.D)),
            List.of(new Job(Name.SHA1, Name.V1, Content.D), new Job(Name.SHA2, Name.V1, Content.E)),
            List.of(new Job(Name.SHA1, Name.V1, Content.D), new Job(Name.SHA1, Name.V1, Content.E)),
            List.of(new Job(Name.SHA1, Name.V1, Content.D), new Job(Name.SHA1, Name.V2, Content.E)));
        int maxb = Integer.getInteger("b2", 1);
        for (PairDeletion del : PairDeletion.values()) for (boolean go : new boolean[] {true, false}) for (int b = 1; b <= maxb; b++) {
          for (int r = 0; r < races.size(); r++) {
            for (int cls = 0; cls < (r < 3 ? 1 : 2); cls++) {
            Findings f = new Findings(); long t = System.currentTimeMillis();
            for (Set<Name> imm : MUT) {
                if (r >= 3 && (cls == 0) != imm.contains(Name.SHA1)) continue;
                List<Pusher> ps = races.get(r).stream().map(j -> new Pusher(j, imm, mu)).toList();
                for (RegistryModel s : List.of(RegistryModel.EMPTY, RegistryModel.EMPTY.with(Name.V1, Content.O), RegistryModel.EMPTY.with(Name.SHA1, Content.D), RegistryModel.EMPTY.with(Name.V2, Content.O))) {
                    if (s.at(Name.V2).isPresent() && races.get(r).get(1).version() != Name.V2) continue;
                    Schedules.explore(new Rules(imm, del, go), s, ps, b, f); } }
            print(mu + " race " + r + (r < 3 ? "" : cls == 0 ? " SHA immutable" : " SHA mutable") + " " + del + " " + go + " " + b, f, t);
            }
          }
        }
        }
    }
}
