// The floor of a branch with the one repair of the real one, which shows what the repair is worth.
import { mendBinding } from '../../rpc/binding.ts';
import './branch.ts';

mendBinding();
